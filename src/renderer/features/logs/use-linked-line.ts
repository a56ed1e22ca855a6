import { useQuery } from '@tanstack/react-query';
import type { LogRecord } from '../../../shared/contract/telemetry';
import { client } from '../../client/contract-client';
import { nanosToMillis } from '../../client/format-time';
import type { LogLine } from '../../ui/log-list/log-buffer';

/** Of one instant. */
const most = 100;
/** No line of the list has it. */
const ownId = 0;

/** The line that a link names, which need not be among those that the list shows; null until it is found. */
export function useLinkedLine(timeNs: string | undefined, query: string, lines: readonly LogLine[]): LogLine | null {
  const listed = timeNs === undefined ? undefined : lines.find((line) => line.timeNs === timeNs);
  const found = useQuery({
    queryKey: ['log-line', timeNs, query],
    enabled: timeNs !== undefined && listed === undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: async ({ signal }): Promise<LogRecord | null> => {
      const at = nanosToMillis(timeNs ?? '0');
      const window = { from: at, to: at + 1 };
      const { records } = await client.logs.query({ query, window, limit: most, direction: 'forward' }, { signal });
      return records.find((record) => record.timeNs === timeNs) ?? null;
    },
  });
  if (timeNs === undefined) return null;
  return listed ?? (found.data ? { ...found.data, id: ownId } : null);
}
