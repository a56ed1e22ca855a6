import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ServiceEdge } from '../../../../shared/contract/services';
import { useArrivalInterval } from '../../../client/arrival/use-arrival-interval';
import { client } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { formatCount } from '../../../client/format-number';
import { afterFirst } from '../../../client/loading/first-answer';
import { useHostStatus } from '../../../client/use-host-status';
import { ServiceLink } from '../../../page/service-link';
import { keepTime } from '../../../page/time-window';
import { useTimeRange } from '../../../page/use-time-range';
import { whyNotAnswered } from '../../../page/why-not-answered';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Section } from '../../../ui/layout/section';
import { Skeleton } from '../../../ui/layout/skeleton';
import { Table, Td, Th } from '../../../ui/layout/table';
import { EdgeCells, EdgeHeads } from '../marks/edge-cells';
import { kindOfNode, NodeName } from '../marks/node-name';

const everyMs = 10_000;
const most = 200;

/** Who calls a service, and what it calls: services, databases, queues. */
export function DependencyLists({ service }: { service: string }) {
  const time = useTimeRange();
  const status = useHostStatus();
  const interval = useArrivalInterval(everyMs, 2 * everyMs);
  const lacks = status && whyNotAnswered(status, 'metrics');
  const graph = useQuery({
    queryKey: ['service.graph', service, time.key],
    enabled: lacks === null,
    queryFn: async ({ signal }) => {
      await afterFirst(signal);
      const window = time.resolve();
      return { window, ...(await client.services.graph({ window, of: service, limit: most }, { signal })) };
    },
    placeholderData: keepPreviousData,
    refetchInterval: 'since' in time.range ? interval : false,
    retry: false,
  });
  const { data } = graph;
  const lists = [
    { title: 'Called by', other: 'client', edges: data?.edges.filter((edge) => isAt(edge, 'server', service)) },
    { title: 'Calls', other: 'server', edges: data?.edges.filter((edge) => isAt(edge, 'client', service)) },
  ] as const;
  return (
    <Section
      title="Dependencies"
      className="min-w-0"
      aside={
        <Link
          to="/services"
          search={(before) => ({ ...keepTime(before), node: service })}
          className="text-xs text-accent underline-offset-2 hover:underline"
        >
          On the map
        </Link>
      }
    >
      {lacks ? (
        <p className="px-3 py-2 text-muted">{lacks}</p>
      ) : graph.isError && !data ? (
        <div className="p-3">
          <ProblemCard problem={describeError(graph.error)} />
        </div>
      ) : !data ? (
        <Skeleton className="m-3 h-4 w-48" />
      ) : data.edges.length === 0 ? (
        <p className="px-3 py-2 text-muted">
          No call to or from it in this window. They are derived from pairs of spans of two services, some seconds after
          these came{status?.backend === 'external' && ', where the backend derives service graphs'}.
        </p>
      ) : (
        lists.map(({ title, other, edges = [] }) => (
          <EdgeTable
            key={title}
            title={title}
            edges={edges}
            other={other}
            windowMs={data.window.to - data.window.from}
          />
        ))
      )}
      {data && data.total > data.edges.length && (
        <p className="px-3 py-1.5 text-xs text-warn">
          The {formatCount(data.edges.length)} busiest of {formatCount(data.total)} are shown.
        </p>
      )}
    </Section>
  );
}

interface EdgeTableProps {
  title: string;
  edges: readonly ServiceEdge[];
  other: 'client' | 'server';
  windowMs: number;
}

function EdgeTable({ title, edges, other, windowMs }: EdgeTableProps) {
  if (edges.length === 0) {
    return (
      <p className="px-3 py-2 text-muted">
        <span className="text-xs font-medium">{title}</span> nobody
      </p>
    );
  }
  return (
    <Table>
      <thead>
        <tr>
          <Th>{title}</Th>
          <EdgeHeads />
        </tr>
      </thead>
      <tbody>
        {edges.map((edge) => {
          const name = edge[other];
          const kind = kindOfNode(edge, other);
          return (
            <tr key={`${name}\n${edge.kind}\n${edge.system}`} className="hover:bg-hover last:[&>td]:border-0">
              <Td className="w-full max-w-0 min-w-28">
                {kind === 'service' ? (
                  <ServiceLink service={name} className="block truncate hover:underline">
                    <NodeName name={name} kind="service" />
                    {edge.kind === 'queue' && <span className="ml-2 text-2xs text-faint">by queue</span>}
                  </ServiceLink>
                ) : (
                  <NodeName name={name} kind={kind} system={edge.system} />
                )}
              </Td>
              <EdgeCells edge={edge} windowMs={windowMs} />
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

/** A queue may be called as the service. */
function isAt(edge: ServiceEdge, end: 'client' | 'server', service: string): boolean {
  return edge[end] === service && kindOfNode(edge, end) === 'service';
}
