import type { Problem } from '../../shared/problem';
import { FORMAT_VERSION } from './format-version';

export function dataNewer(dataDir: string, version: number): Problem {
  return {
    kind: 'data-newer',
    message: `The data in ${dataDir} was written by a newer version of Watchtower (format ${version}, this one knows ${FORMAT_VERSION}).`,
    hint: 'Update Watchtower, or choose another data folder (--data-dir). Nothing was changed.',
  };
}
