import type { DestinationsStatus } from '../../shared/contract/destinations';
import type { HostStatus } from '../../shared/contract/host';
import type { Backend } from '../backends/backend';
import type { GrafanaDoors } from '../grafana-doors/grafana-doors';
import type { ProblemBook } from '../problems/problem-book';

export interface HostFacts {
  version: string;
  kind: 'headless' | 'desktop';
  pid: number;
  /** Unix milliseconds. */
  startedAt: number;
  /** Of the host itself, such as unreadable settings. */
  problems: ProblemBook;
}

/** Id of the problem with the last change of the destinations. */
export const failedChange = 'destinations-change';

/** One snapshot of everything the panel's frame shows. */
export function describeHost(
  facts: HostFacts,
  backend: Backend,
  destinations: DestinationsStatus,
  doors: Pick<GrafanaDoors, 'describe' | 'problem'>,
): HostStatus {
  const { problems, ...description } = backend.describe();
  const held = doors.problem();
  return {
    version: facts.version,
    host: facts.kind,
    pid: facts.pid,
    startedAt: facts.startedAt,
    backend: backend.kind,
    capabilities: backend.capabilities,
    ...description,
    cloud: describeCloud(destinations),
    grafanaDoors: doors.describe(),
    problems: [
      ...facts.problems.list(),
      ...(held ? [{ id: 'grafana-doors', ...held }] : []),
      ...problems,
      ...destinationProblems(destinations),
    ],
  };
}

function describeCloud({ destinations }: DestinationsStatus): HostStatus['cloud'] {
  const on = destinations.filter(({ enabled }) => enabled);
  const states = new Set(on.map(({ delivery }) => delivery.state));
  const state = (['failing', 'sending', 'waiting'] as const).find((each) => states.has(each)) ?? 'off';
  return {
    enabled: on.length > 0,
    destinations: on.length,
    state: on.length > 0 && state === 'off' ? 'waiting' : state,
  };
}

function destinationProblems({ destinations, change }: DestinationsStatus): HostStatus['problems'] {
  const found = destinations.flatMap(({ id, enabled, problem }): HostStatus['problems'] =>
    enabled && problem ? [{ id: `destination-${id}`, ...problem }] : [],
  );
  return change.problem ? [...found, { id: failedChange, ...change.problem }] : found;
}
