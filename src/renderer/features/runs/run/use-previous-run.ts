import { useQuery } from '@tanstack/react-query';
import type { Run } from '../../../../shared/runs/run';
import { orpc } from '../../../client/contract-client';

/** The contract's bound. */
const most = 1000;

/** The run of the same name before this one; undefined where there is none, or until it is known. */
export function usePreviousRun({ name, startedAt }: Run): Run | undefined {
  const named = useQuery(orpc.runs.list.queryOptions({ input: { name, limit: most } }));
  return named.data?.runs.find((run) => run.startedAt < startedAt);
}
