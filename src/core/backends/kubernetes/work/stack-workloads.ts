import type { BackendService } from '../../../../shared/contract/backend';
import { charts } from '../charts/charts';
import { missingWorkload } from '../services/describe-workload';
import type { Sight } from './state';

/** Names of the workloads, in the order in which they are shown. */
export const stackWorkloads = charts.flatMap(({ workloads }) =>
  workloads.map((each) => each.slice(each.indexOf('/') + 1)),
);

/** As it is where nothing was deployed. */
export function noWorkloads(): BackendService[] {
  return stackWorkloads.map(missingWorkload);
}

/** What there is of the stack, whatever else runs beside it. */
export function sightOf(services: readonly Pick<BackendService, 'name' | 'state'>[]): Sight {
  const ours = services.filter(({ name }) => stackWorkloads.includes(name));
  if (ours.every(({ state }) => state === 'missing')) return 'none';
  return ours.every(({ state }) => state === 'ready') ? 'all-ready' : 'some';
}
