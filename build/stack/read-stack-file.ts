import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const stackFolder = join(import.meta.dirname, '../../resources/stack');

/** The text of a shipped file; `path` begins below `resources/stack`. */
export function readStackFile(path: string): string {
  return readFileSync(join(stackFolder, path), 'utf8');
}
