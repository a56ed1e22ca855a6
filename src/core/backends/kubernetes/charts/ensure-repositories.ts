import { z } from 'zod';
import type { Failure } from '../tools/failure';
import { parseJson } from '../tools/parse-json';
import type { Session } from '../tools/session';
import { withRetries } from '../tools/with-retries';
import { repositories } from './charts';

const Repositories = z.array(z.object({ name: z.string(), url: z.string() }));

/** Adds what is missing, under names of our own. A folder of charts (WATCHTOWER_CHARTS) needs none. */
export async function ensureRepositories(session: Session): Promise<Failure | null> {
  if (session.env.WATCHTOWER_CHARTS) {
    session.say(`Charts come from ${session.env.WATCHTOWER_CHARTS}`);
    return null;
  }
  // Without any repository Helm answers with an error.
  const listed = await session.run('helm', ['repo', 'list', '--output', 'json']);
  const known = Repositories.safeParse(parseJson(listed.stdout)).data ?? [];
  for (const [name, url] of Object.entries(repositories)) {
    if (known.some((each) => each.name === name && each.url === url)) continue;
    session.say(`Helm repository ${name}: ${url}`);
    const added = await withRetries(session, () => session.run('helm', ['repo', 'add', name, url, '--force-update']));
    if (added.code !== 0) {
      return {
        message: `The chart repository ${url} cannot be reached.`,
        hint: 'See that this machine reaches it (proxy, VPN), then run the same again; or name a folder of charts: WATCHTOWER_CHARTS=FOLDER',
        details: added.stderr.trim(),
      };
    }
  }
  return null;
}
