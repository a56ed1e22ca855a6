import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createFolder } from '../../ground/create-folder';

/**
 * Makes what stands at `path` where it does not yet: `make` fills another place, which takes its place when it is whole.
 * Two at once both make it, and the first one stays.
 */
export async function fetchOnce(path: string, make: (place: string) => Promise<void>): Promise<void> {
  if (existsSync(path)) return;
  createFolder(dirname(path));
  const place = `${path}.${process.pid}.part`;
  try {
    await make(place);
    await rename(place, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
