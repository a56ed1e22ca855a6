import { readFileSync, rmSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalPosition } from '../journal/journal-writer-port';

/** Up to where each destination has what was received, by its id. */
export type Positions = ReadonlyMap<string, JournalPosition>;

/** None when there is no such file, or it cannot be understood: forwarding then begins with what comes next. */
export function readPositions(dataDir: string): Positions {
  try {
    const saved = JSON.parse(readFileSync(pathIn(dataDir), 'utf8')) as Record<string, Partial<JournalPosition>>;
    const places = Object.entries(saved).filter(
      (entry): entry is [string, JournalPosition] =>
        Number.isSafeInteger(entry[1].segment) && Number.isSafeInteger(entry[1].position),
    );
    return new Map(places);
  } catch {
    return new Map();
  }
}

/** Rejects with the system's error; the file is then as it was. */
export async function writePositions(dataDir: string, positions: Positions): Promise<void> {
  const path = pathIn(dataDir);
  await writeFile(`${path}.new`, JSON.stringify(Object.fromEntries(positions)), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

export function removePositions(dataDir: string): void {
  rmSync(pathIn(dataDir), { force: true });
}

function pathIn(dataDir: string): string {
  return join(dataDir, 'forward.json');
}
