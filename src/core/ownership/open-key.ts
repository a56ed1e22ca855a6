import { randomBytes } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from './write-file-atomically';

const form = /^[\w-]{43}$/;

/** To the panel and the contract; and to the questions of agents alone. */
type KeyName = 'panel-key' | 'mcp-token';

/**
 * A key of a home: 32 random bytes, kept in a file (0600), so that an open tab, a bookmark and an agent's configuration hold over a
 * restart. Called by the host that has claimed the home. A key that others may have read is replaced; one that cannot be kept holds for
 * this run, and `onUnkept` is told why.
 */
export async function openKey(home: string, name: KeyName, onUnkept: (reason: Error) => void): Promise<string> {
  const path = join(home, name);
  const known = await readKey(path);
  if (known) return known;
  const key = randomBytes(32).toString('base64url');
  await writeFileAtomically(path, `${key}\n`).catch(onUnkept);
  return key;
}

async function readKey(path: string): Promise<string | null> {
  try {
    const { mode } = await lstat(path);
    const isOpenToOthers = process.platform !== 'win32' && (mode & 0o077) !== 0;
    const key = (await readFile(path, 'utf8')).trim();
    return !isOpenToOthers && form.test(key) ? key : null;
  } catch {
    return null;
  }
}
