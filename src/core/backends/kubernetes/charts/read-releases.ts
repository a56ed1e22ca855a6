import { z } from 'zod';
import { cluster, helmTarget } from '../cluster/cluster';
import { type Failure, isFailure } from '../tools/failure';
import { parseJson } from '../tools/parse-json';
import type { Session } from '../tools/session';
import { type Chart, charts } from './charts';

const Release = z.object({
  name: z.string(),
  chart: z.string(),
  /** Helm's word for it, such as `deployed` or `pending-upgrade`. */
  status: z.string(),
  /** When Helm changed it last, as Go writes a time. */
  updated: z.string().optional(),
});
export type Release = z.infer<typeof Release>;
const List = z.array(Release);

/** A release that was cut off is one as well; Helm 4 has no flag for all of them. */
const states = ['--deployed', '--failed', '--pending', '--uninstalling'];

export interface Releases {
  /** Null where there is none of that name. */
  find(name: string): Release | null;
  /** A failure where the release of that name is of another chart. */
  refuse(chart: Chart): Failure | null;
}

/** The releases of the namespace; those that are not ours are named and left alone. */
export async function readReleases(session: Session): Promise<Releases | Failure> {
  const list = await listReleases(session);
  if (isFailure(list)) return list;
  const foreign = list.filter(({ name }) => charts.every((chart) => chart.name !== name));
  if (foreign.length > 0) {
    session.say(
      `The namespace ${cluster.namespace} also holds ${foreign.map(({ name, chart }) => `${name} (${chart})`).join(', ')}: left alone`,
    );
  }
  return {
    find: (name) => list.find((release) => release.name === name) ?? null,
    refuse: ({ name, chart }) => {
      const release = list.find((each) => each.name === name);
      if (!release || release.chart.replace(/-v?\d+\..*$/, '') === chart) return null;
      return {
        message: `The release ${name} in the namespace ${cluster.namespace} is of the chart ${release.chart}, not of ${chart}: it is somebody else's.`,
        hint: `It was left alone. Where it is not needed: helm uninstall ${name} ${helmTarget(session).join(' ')}`,
      };
    },
  };
}

/** All of the namespace, also those that were cut off. */
export async function listReleases(session: Session): Promise<Release[] | Failure> {
  const args = ['list', ...helmTarget(session), ...states, '--output', 'json'];
  const { code, stdout, stderr } = await session.run('helm', args);
  const list = code === 0 ? List.safeParse(parseJson(stdout)) : null;
  if (list?.success) return list.data;
  return {
    message: `Helm could not list the releases of the namespace ${cluster.namespace}.`,
    hint: 'See what it says, below.',
    details: stderr.trim(),
  };
}
