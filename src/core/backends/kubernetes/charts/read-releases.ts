import { z } from 'zod';
import { cluster, helmTarget } from '../cluster/cluster';
import type { Failure } from '../tools/failure';
import { parseJson } from '../tools/parse-json';
import type { Session } from '../tools/session';
import { type Chart, charts } from './charts';

const List = z.array(z.object({ name: z.string(), chart: z.string(), status: z.string() }));

/** A release that was cut off is one as well; Helm 4 has no flag for all of them. */
const states = ['--deployed', '--failed', '--pending'];

export interface Releases {
  has(name: string): boolean;
  /** A failure where the release of that name is of another chart. */
  refuse(chart: Chart): Failure | null;
}

/** The releases of the namespace; those that are not ours are named and left alone. */
export async function readReleases(session: Session): Promise<Releases | Failure> {
  const { code, stdout, stderr } = await session.run('helm', [
    'list',
    ...helmTarget(session),
    ...states,
    '--output',
    'json',
  ]);
  const list = code === 0 ? List.safeParse(parseJson(stdout)) : null;
  if (!list?.success) {
    return {
      message: `Helm could not list the releases of the namespace ${cluster.namespace}.`,
      hint: 'See what it says, below.',
      details: stderr.trim(),
    };
  }
  const foreign = list.data.filter(({ name }) => charts.every((chart) => chart.name !== name));
  if (foreign.length > 0) {
    session.say(
      `The namespace ${cluster.namespace} also holds ${foreign.map(({ name, chart }) => `${name} (${chart})`).join(', ')}: left alone`,
    );
  }
  return {
    has: (name) => list.data.some((release) => release.name === name),
    refuse: ({ name, chart }) => {
      const release = list.data.find((each) => each.name === name);
      if (!release || release.chart.replace(/-v?\d+\..*$/, '') === chart) return null;
      return {
        message: `The release ${name} in the namespace ${cluster.namespace} is of the chart ${release.chart}, not of ${chart}: it is somebody else's.`,
        hint: `It was left alone. Where it is not needed: helm uninstall ${name} ${helmTarget(session).join(' ')}`,
      };
    },
  };
}
