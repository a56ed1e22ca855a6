import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../../shared/problem';
import { writeFileAtomically } from '../ownership/write-file-atomically';
import { StoredDestinations } from './stored-destination';

export interface DestinationStore {
  current(): StoredDestinations;
  /** The new content, on disk before it is current; a failure to write leaves both as they were. */
  replace(next: StoredDestinations): Promise<Problem | null>;
  /** Set when the file could not be read; a damaged one was kept aside. */
  readonly problem: Problem | null;
}

const empty: StoredDestinations = { destinations: [], redaction: [] };

/** Opens `destinations.json` in the home: destinations and redaction rules, no secret. */
export async function openDestinationStore(home: string, now: () => number = Date.now): Promise<DestinationStore> {
  const path = join(home, 'destinations.json');
  const opened = await read(path, now);
  let current = opened.stored;
  return {
    problem: opened.problem,
    current: () => current,
    async replace(next) {
      if (opened.blocked) return opened.problem;
      try {
        await writeFileAtomically(path, `${JSON.stringify(next, null, 2)}\n`);
      } catch (error) {
        const message = `The destinations could not be written to ${path}: ${(error as Error).message}.`;
        const hint = 'Make room or make the folder writable, then try again.';
        return { kind: 'destinations-not-written', message, hint };
      }
      current = next;
      return null;
    },
  };
}

interface Opened {
  stored: StoredDestinations;
  problem: Problem | null;
  /** What stands there cannot be read and must not be overwritten. */
  blocked?: true;
}

async function read(path: string, now: () => number): Promise<Opened> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { stored: empty, problem: null };
    return { stored: empty, problem: unreadable(path, message), blocked: true };
  }
  const parsed = parse(text);
  if (parsed.stored) return { stored: parsed.stored, problem: null };
  const aside = `${path}.bad-${now()}`;
  await rename(path, aside);
  return { stored: empty, problem: unreadable(path, parsed.reason, aside) };
}

function parse(text: string): { stored: StoredDestinations } | { stored: null; reason: string } {
  try {
    const parsed = StoredDestinations.safeParse(JSON.parse(text));
    if (parsed.success) return { stored: parsed.data };
    const issue = parsed.error.issues[0];
    return { stored: null, reason: `${issue?.path.join('.')}: ${issue?.message}` };
  } catch (error) {
    return { stored: null, reason: (error as Error).message };
  }
}

function unreadable(path: string, reason: string, aside?: string): Problem {
  return {
    kind: 'destinations-unreadable',
    message: `The destinations in ${path} could not be read (${reason}); nothing is sent to the cloud.`,
    hint: aside ? `Add them again, or mend the old file, kept as ${aside}.` : 'Make the file readable for this user.',
  };
}
