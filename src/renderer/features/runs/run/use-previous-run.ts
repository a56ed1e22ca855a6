import { useQuery } from '@tanstack/react-query';
import { ranInOnePlace } from '../../../../shared/runs/ran-in-one-place';
import type { Run } from '../../../../shared/runs/run';
import { orpc } from '../../../client/contract-client';

/** The contract's bound. */
const most = 1000;

/** The run that this one is compared with: of its name, in one place with it, before it. Undefined until it is known. */
export function usePreviousRun(run: Run): Run | undefined {
  const named = useQuery(orpc.runs.list.queryOptions({ input: { name: run.name, limit: most } }));
  return named.data?.runs.find(
    (other) => other.startedAt < run.startedAt && other.state === 'ended' && ranInOnePlace(other, run),
  );
}
