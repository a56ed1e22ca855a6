import { useQuery } from '@tanstack/react-query';
import type { Trace } from '../../../../shared/contract/telemetry';
import type { Run } from '../../../../shared/runs/run';
import { runAttributes } from '../../../../shared/runs/run-attributes';
import { orpc } from '../../../client/contract-client';

/** The run that the trace belongs to; undefined where it belongs to none, to one that was deleted, or until it is known. */
export function useTraceRun({ resources }: Trace): Run | undefined {
  const ids = resources.flatMap(({ attributes }) =>
    attributes.flatMap(({ key, value }) => (key === runAttributes.id && typeof value === 'string' ? [value] : [])),
  );
  const ref = ids.find((id) => /^[a-z2-7]{8}$/.test(id));
  const found = useQuery(
    orpc.runs.get.queryOptions({ input: { ref: ref ?? '' }, enabled: ref !== undefined, retry: false }),
  );
  return found.data;
}
