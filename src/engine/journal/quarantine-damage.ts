import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Problem } from '../../shared/problem';
import { segmentPath } from './journal-format';
import type { JournalDamage } from './journal-reader';

/** Copies what cannot be read to `quarantine/` of the data folder; answers what to tell the user. */
export async function quarantineDamage(dataDir: string, folder: string, damage: JournalDamage): Promise<Problem> {
  const quarantine = join(dataDir, 'quarantine');
  mkdirSync(quarantine, { recursive: true, mode: 0o700 });
  const kept = join(quarantine, `journal-${damage.segment}-from-${damage.from}`);
  const source = createReadStream(segmentPath(folder, damage.segment), { start: damage.from });
  await pipeline(source, createWriteStream(kept, { mode: 0o600 }));
  return {
    kind: 'journal-damaged',
    message: `${damage.to - damage.from} bytes of received telemetry could not be read back and are not in the store.`,
    hint: `They are kept in ${kept}; check the disk, and send the telemetry again if it matters.`,
    lifetime: 'until-seen',
  };
}
