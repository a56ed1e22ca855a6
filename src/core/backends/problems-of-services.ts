import type { BackendService } from '../../shared/contract/backend';
import type { HostStatus } from '../../shared/contract/host';
import type { Problem } from '../../shared/problem';

/** What is wrong with a backend as a whole, under the given id, and then with each of its services. */
export function problemsOfServices(
  id: string,
  whole: Problem | null,
  services: readonly BackendService[],
): HostStatus['problems'] {
  const ofServices = services.flatMap(({ name, problem }) => (problem ? [{ id: `service-${name}`, ...problem }] : []));
  return whole ? [{ id, ...whole }, ...ofServices] : ofServices;
}
