import type { ServiceActivity } from '../../../../shared/contract/services';
import { formatCount } from '../../../client/format-number';
import { formatPace } from '../../../client/format-pace';
import { ServiceLink } from '../../../page/service-link';
import { Section } from '../../../ui/layout/section';
import { Table, Td, Th } from '../../../ui/layout/table';
import { useMoreRows } from '../../../ui/layout/use-more-rows';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { Duration } from '../marks/duration';
import { EdgeCells, EdgeHeads } from '../marks/edge-cells';
import { ErrorShare } from '../marks/error-share';
import { NodeName } from '../marks/node-name';
import type { ServiceGraph } from './make-graph';

interface ServicesTableProps {
  services: readonly ServiceActivity[];
  graph: ServiceGraph;
  windowMs: number;
  text: string;
}

const shownFirst = 200;

/** What the map shows, as tables: services with their numbers, and who calls whom. */
export function ServicesTable({ services, graph, windowMs, text }: ServicesTableProps) {
  const wanted = text.trim().toLowerCase();
  const found = services
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .sort((a, b) => b.requests + b.spans - a.requests - a.spans || (a.name < b.name ? -1 : 1));
  const { shown, more } = useMoreRows(found, shownFirst);
  const names = new Map(graph.nodes.map((node) => [node.id, node] as const));
  const calls = graph.edges.filter(({ edge }) =>
    `${edge.client}
${edge.server}
${edge.system ?? ''}`
      .toLowerCase()
      .includes(wanted),
  );
  const { shown: shownCalls, more: moreCalls } = useMoreRows(calls, shownFirst);
  return (
    <div className="grid min-w-0 items-start gap-4 min-[1200px]:grid-cols-2">
      <Section
        title="Services"
        className="min-w-0"
        aside={<span className="text-xs text-muted">{formatCount(found.length)}</span>}
      >
        <Table>
          <thead>
            <tr>
              <Th>Service</Th>
              {['Rate', 'Errors', 'p50', 'p95', 'p99', 'Log lines'].map((title) => (
                <Th key={title} className="text-right">
                  {title}
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((service) => {
              const { name, requests, failedRequests, spans, errorSpans, p50Ns, p95Ns, p99Ns, logs } = service;
              const [count, failed, what] =
                requests > 0
                  ? ([requests, failedRequests, 'requests'] as const)
                  : ([spans, errorSpans, 'spans'] as const);
              return (
                <tr key={name} className="hover:bg-hover last:[&>td]:border-0">
                  <Td className="w-full max-w-0 min-w-28">
                    <ServiceLink
                      service={name}
                      data-list-row
                      data-service={name}
                      className="block truncate hover:underline"
                    >
                      <ServiceDot service={name} cut="middle" className="max-w-full" />
                    </ServiceLink>
                  </Td>
                  <Td className="text-right whitespace-nowrap" title={`${formatCount(count)} ${what}`}>
                    {formatPace(count, windowMs)}
                  </Td>
                  <Td className="text-right">
                    <ErrorShare failed={failed} of={count} what={what} />
                  </Td>
                  <Td className="text-right whitespace-nowrap">
                    <Duration ns={p50Ns} />
                  </Td>
                  <Td className="text-right whitespace-nowrap">
                    <Duration ns={p95Ns} />
                  </Td>
                  <Td className="text-right whitespace-nowrap">
                    <Duration ns={p99Ns} />
                  </Td>
                  <Td className="text-right whitespace-nowrap">{formatCount(logs)}</Td>
                </tr>
              );
            })}
          </tbody>
        </Table>
        {more}
      </Section>
      <Section
        title="Calls"
        className="min-w-0"
        aside={<span className="text-xs text-muted">{formatCount(calls.length)}</span>}
      >
        <Table>
          <thead>
            <tr>
              <Th>From</Th>
              <Th>To</Th>
              <EdgeHeads />
            </tr>
          </thead>
          <tbody>
            {shownCalls.map(({ from, to, edge }) => (
              <tr key={`${from}\n${to}\n${edge.kind}`} className="hover:bg-hover last:[&>td]:border-0">
                {[from, to].map((id) => (
                  <Td key={id} className="w-1/2 max-w-0 min-w-24">
                    <NodeName
                      name={names.get(id)?.name ?? id}
                      kind={names.get(id)?.kind ?? 'service'}
                      system={names.get(id)?.system}
                    />
                  </Td>
                ))}
                <EdgeCells edge={edge} windowMs={windowMs} />
              </tr>
            ))}
          </tbody>
        </Table>
        {moreCalls}
      </Section>
    </div>
  );
}
