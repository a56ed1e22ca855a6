import { join } from 'node:path';
import type { Problem } from '../../shared/problem';
import { openJsonFile } from '../ownership/open-json-file';
import { StoredDestinations } from './stored-destination';

export interface DestinationStore {
  current(): StoredDestinations;
  /** The new content, on disk before it is current; a failure to write leaves both as they were. */
  replace(next: StoredDestinations): Promise<Problem | null>;
  /** Set when the file could not be read; a damaged one was kept aside. */
  readonly problem: Problem | null;
}

/** Opens `destinations.json` in the home: destinations and redaction rules, no secret. */
export async function openDestinationStore(home: string, now: () => number = Date.now): Promise<DestinationStore> {
  const file = await openJsonFile<StoredDestinations>({
    path: join(home, 'destinations.json'),
    what: 'destinations',
    consequence: 'nothing is sent to the cloud',
    afterDamage: 'Add them again, or mend the old file. ',
    empty: { destinations: [], redaction: [] },
    parse,
    now,
  });
  let current = file.opened;
  return {
    problem: file.problem,
    current: () => current,
    async replace(next) {
      const problem = await file.write(next);
      if (!problem) current = next;
      return problem;
    },
  };
}

function parse(value: unknown): StoredDestinations {
  const parsed = StoredDestinations.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`${issue?.path.join('.')}: ${issue?.message}`);
}
