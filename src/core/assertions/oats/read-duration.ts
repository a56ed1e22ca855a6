import { parseSpan } from '../../observing/parse-span';
import type { YamlMapping } from '../yaml/yaml-mapping';

/** Milliseconds of a key such as `interval: 500ms`; undefined where there is none. */
export function readDuration(mapping: YamlMapping, key: string): number | undefined {
  const text = mapping.text(key);
  if (text === undefined) return undefined;
  const span = parseSpan(text);
  if (span === undefined) mapping.report(key, `${JSON.stringify(text)} is no duration; write 500ms, 2s or 1m`);
  return span;
}
