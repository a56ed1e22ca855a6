import { helmTarget } from '../cluster/cluster';
import { type Failure, isFailure } from '../tools/failure';
import type { Session } from '../tools/session';
import { listReleases, type Release } from './read-releases';

/** A deployment of ours takes seconds; one that somebody else runs at this moment is given this long. */
const patienceMs = 30_000;
const pollMs = 3_000;

/**
 * A release that a Helm left in the middle, since it was killed: no other may touch it before it is brought to an end. The first
 * revision is removed, with what was made of it; a later one gives way to the one before. One that was begun just now is looked at
 * again for a while: another Helm may be at work.
 */
export async function mendPending(
  session: Session,
  found: Release,
  now: () => number = Date.now,
): Promise<Failure | null> {
  let release: Release | undefined = found;
  const { name } = release;
  session.say(`  ${name} is ${release.status}: another Helm works on it, or one was cut off`);
  const begun = startOf(release);
  for (let waited = Math.max(0, now() - begun); waited < patienceMs; waited += pollMs) {
    await session.wait(pollMs);
    if (session.signal.aborted) return null;
    const list = await listReleases(session);
    if (isFailure(list)) return list;
    release = list.find((each) => each.name === name);
    if (!release || !isPending(release)) return null;
  }
  return bringToItsEnd(session, release);
}

export function isPending({ status }: Pick<Release, 'status'>): boolean {
  return status.startsWith('pending-') || status === 'uninstalling';
}

/** Unix milliseconds. `2026-11-30 05:14:00.123456789 +0000 UTC`; a time that cannot be read was long ago. */
function startOf({ updated = '' }: Release): number {
  const [, day, time, zone] = /^(\S+) (\d\d:\d\d:\d\d)\S* ([+-]\d{4})/.exec(updated) ?? [];
  return day ? Date.parse(`${day}T${time}${zone}`) : 0;
}

async function bringToItsEnd(session: Session, { name, status }: Release): Promise<Failure | null> {
  const isFirst = status === 'pending-install' || status === 'uninstalling';
  session.say(isFirst ? `  removing what was begun of ${name}` : `  going back to the revision of ${name} before`);
  const args = [isFirst ? 'uninstall' : 'rollback', name, ...helmTarget(session)];
  const { code, stderr } = await session.run('helm', args);
  if (code === 0) return null;
  return {
    message: `The release ${name} was left ${status}, and Helm could not bring it to an end.`,
    hint: `See what it says, below. By hand: helm ${args.join(' ')}`,
    details: stderr.trim(),
  };
}
