import type { ErrorRows } from './error-rows';
import type { ErrorsRequest } from './errors-request';
import type { ResourceFacts } from './resource-facts';

/** Whether a row is of the service and of one of the runs that are asked for. */
export function rowFilter(
  rows: ErrorRows,
  { service, runIds }: Pick<ErrorsRequest, 'service' | 'runIds'>,
  facts: (resource: number) => ResourceFacts,
): (at: number) => boolean {
  if (service === null && runIds === null) return () => true;
  const known = new Map<number, boolean>();
  return (at) => {
    const resource = rows.resource[at]!;
    const before = known.get(resource);
    if (before !== undefined) return before;
    const of = facts(resource);
    const is = (service === null || of.service === service) && (runIds === null || runIds.has(of.runId));
    known.set(resource, is);
    return is;
  };
}
