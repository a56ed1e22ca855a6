import { join } from 'node:path';
import type { Problem } from '../../shared/problem';
import { openJsonFile } from '../ownership/open-json-file';
import { type ReadDestinations, readDestinations } from './read-destinations';
import type { StoredDestinations } from './stored-destination';

export interface DestinationStore {
  current(): StoredDestinations;
  /** The new content, on disk before it is current; a failure to write leaves both as they were. */
  replace(next: StoredDestinations): Promise<Problem | null>;
  /** Set when the file, or a destination in it, could not be read; a damaged file was kept aside. */
  readonly problem: Problem | null;
}

/** Opens `destinations.json` in the home: destinations and redaction rules, no secret. What it does not understand stays there. */
export async function openDestinationStore(home: string, now: () => number = Date.now): Promise<DestinationStore> {
  const path = join(home, 'destinations.json');
  const file = await openJsonFile<ReadDestinations>({
    path,
    what: 'destinations',
    consequence: 'nothing is sent to the cloud',
    afterDamage: 'Add them again, or mend the old file. ',
    empty: { stored: { destinations: [], redaction: [] }, raw: {}, notUnderstood: [] },
    parse: readDestinations,
    now,
  });
  const { notUnderstood, raw } = file.opened;
  let current = file.opened.stored;
  return {
    problem: file.problem ?? explain(path, notUnderstood),
    current: () => current,
    async replace(next) {
      const kept = notUnderstood.map(({ entry }) => entry);
      const problem = await file.write({ ...raw, ...next, destinations: [...next.destinations, ...kept] });
      if (!problem) current = next;
      return problem;
    },
  };
}

function explain(path: string, notUnderstood: ReadDestinations['notUnderstood']): Problem | null {
  if (notUnderstood.length === 0) return null;
  const named = notUnderstood.map(({ name, reason }) => `${JSON.stringify(name)} (${reason})`).join(', ');
  return {
    kind: 'destinations-unreadable',
    message: `Not understood in ${path}: ${named}. Nothing is sent there; the other destinations go on.`,
    hint: 'It stays in the file: mend it there and restart Watchtower, or add it again.',
    lifetime: 'until-seen',
  };
}
