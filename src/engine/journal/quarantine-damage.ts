import { createReadStream, createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { segmentPath } from './journal-format';
import type { JournalDamage } from './journal-reader';

/** Copies what cannot be read to `quarantine/` of the data folder; answers where. Rejects with Node's error, and leaves nothing. */
export async function quarantineDamage(dataDir: string, folder: string, damage: JournalDamage): Promise<string> {
  const quarantine = join(dataDir, 'quarantine');
  mkdirSync(quarantine, { recursive: true, mode: 0o700 });
  const kept = join(quarantine, `journal-${damage.segment}-from-${damage.from}`);
  const source = createReadStream(segmentPath(folder, damage.segment), {
    start: damage.from,
    end: damage.to - 1,
  });
  try {
    await pipeline(source, createWriteStream(kept, { mode: 0o600 }));
  } catch (error) {
    rmSync(kept, { force: true });
    throw error;
  }
  return kept;
}
