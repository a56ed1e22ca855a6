import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Activity } from 'lucide-react';
import { PageHeader } from '../../app/page-header';
import { TimeRangeControl } from '../../app/time-range-control';
import { keepTime } from '../../app/time-window';
import { useTimeRange } from '../../app/use-time-range';
import { client } from '../../client/contract-client';
import { formatDuration } from '../../client/format-duration';
import { EmptyState } from '../../ui/empty-state';
import { ServiceDot } from '../../ui/service-dot';
import { Table, Td } from '../../ui/table';

export function TracesPage() {
  const time = useTimeRange();
  const found = useQuery({
    queryKey: ['traces', time.key],
    queryFn: ({ signal }) => client.traces.search({ query: '{}', window: time.resolve(), limit: 100 }, { signal }),
    refetchInterval: 2000,
  });
  const traces = found.data?.traces ?? [];
  return (
    <>
      <PageHeader title="Traces">
        <span className="ml-auto" />
        <TimeRangeControl />
      </PageHeader>
      {traces.length === 0 ? (
        <EmptyState icon={Activity} title="No traces in this window" />
      ) : (
        <div className="min-h-0 flex-1 overflow-y-auto">
          <Table>
            <tbody>
              {traces.map((trace) => (
                <tr key={trace.traceId}>
                  <Td>
                    <ServiceDot service={trace.rootService} />
                  </Td>
                  <Td>
                    <Link to="/traces/$traceId" params={{ traceId: trace.traceId }} search={keepTime}>
                      {trace.rootName}
                    </Link>
                  </Td>
                  <Td>{formatDuration(trace.durationNs)}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </>
  );
}
