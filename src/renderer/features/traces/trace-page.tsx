import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { PageHeader } from '../../app/page-header';
import { orpc } from '../../client/contract-client';
import { formatDuration } from '../../client/format-duration';
import { ServiceDot } from '../../ui/service-dot';
import { Table, Td } from '../../ui/table';

const route = getRouteApi('/traces/$traceId');

export function TracePage() {
  const { traceId } = route.useParams();
  const trace = useQuery(orpc.traces.get.queryOptions({ input: { traceId } }));
  return (
    <>
      <PageHeader title={`Trace ${traceId}`} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Table>
          <tbody>
            {trace.data?.spans.map((span) => (
              <tr key={span.spanId}>
                <Td>
                  <ServiceDot service={span.service} />
                </Td>
                <Td>{span.name}</Td>
                <Td>{formatDuration(span.durationNs)}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
    </>
  );
}
