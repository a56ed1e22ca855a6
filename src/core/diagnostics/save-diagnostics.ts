import { writeFile } from 'node:fs/promises';
import type { Diagnostics } from '../../shared/contract/host';
import type { Problem } from '../../shared/problem';
import { packZip } from './pack-zip';

/** `watchtower-diagnostics-20261122-1337.zip`, by the local time. */
export function diagnosticsName(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString();
  return `watchtower-diagnostics-${local.slice(0, 16).replace(/[-:]/g, '').replace('T', '-')}.zip`;
}

/** Writes the archive for this user alone. */
export async function saveDiagnostics({ at, files }: Diagnostics, path: string): Promise<Problem | null> {
  try {
    await writeFile(path, packZip(files, at), { mode: 0o600 });
    return null;
  } catch (error) {
    const message = `The diagnostics could not be saved: ${(error as Error).message}`;
    return { kind: 'diagnostics-not-saved', message, hint: 'Choose a folder that this user may write.' };
  }
}
