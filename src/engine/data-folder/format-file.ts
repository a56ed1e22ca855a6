import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The version of what is in a data folder, beside the database for programs that cannot open it. Null when nothing says so:
 * the database then knows. Throws Node's error when there is something else than a file.
 */
export function readFormat(dataDir: string): number | null {
  let text: string;
  try {
    text = readFileSync(formatPath(dataDir), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const { version } = JSON.parse(text) as { version?: unknown };
    return typeof version === 'number' ? version : null;
  } catch {
    return null;
  }
}

/** Throws Node's error; the file is then as it was. */
export function writeFormat(dataDir: string, version: number): void {
  const path = formatPath(dataDir);
  writeFileSync(`${path}.new`, JSON.stringify({ version }), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

function formatPath(dataDir: string): string {
  return join(dataDir, 'format.json');
}
