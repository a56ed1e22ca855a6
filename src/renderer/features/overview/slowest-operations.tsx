import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Operation } from '../../../shared/contract/services';
import { formatDuration } from '../../../shared/format-duration';
import { showPlainText } from '../../../shared/show-plain-text';
import { useArrivalInterval } from '../../client/arrival/use-arrival-interval';
import { client } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { formatCount } from '../../client/format-number';
import { afterFirst } from '../../client/loading/first-answer';
import { servicesWindowMs } from '../../client/use-services';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Section } from '../../ui/layout/section';
import { Skeleton } from '../../ui/layout/skeleton';
import { Table, Td, Th } from '../../ui/layout/table';
import { ServiceDot } from '../../ui/marks/service-dot';
import { quoteTraceQl } from '../traces/list/quote-traceql';

const shown = 5;
const everyMs = 10_000;

/** The names of spans that take longest, each a way to its traces. */
export function SlowestOperations() {
  const refetchInterval = useArrivalInterval(everyMs, servicesWindowMs + everyMs);
  const operations = useQuery({
    queryKey: ['slowest-operations'],
    queryFn: async ({ signal }) => {
      await afterFirst(signal);
      const to = Date.now();
      return client.services.slowestOperations(
        { window: { from: to - servicesWindowMs, to }, limit: shown },
        { signal },
      );
    },
    refetchInterval,
  });
  return (
    <Section
      title="Slowest operations"
      aside={<span className="text-xs text-muted">last {servicesWindowMs / 60_000} minutes</span>}
    >
      {operations.isError && !operations.data ? (
        <div className="p-3">
          <ProblemCard problem={describeError(operations.error)} />
        </div>
      ) : operations.data?.length === 0 ? (
        <p className="px-3 py-2 text-muted">No span came in the last {servicesWindowMs / 60_000} minutes.</p>
      ) : (
        <Table>
          <thead>
            <tr>
              <Th>Operation</Th>
              <Th>Service</Th>
              <Th className="text-right">Spans</Th>
              <Th className="text-right">p95</Th>
            </tr>
          </thead>
          <tbody>
            {operations.data
              ? operations.data.map((operation) => (
                  <OperationRow key={`${operation.service}\n${operation.name}`} operation={operation} />
                ))
              : ['w-48', 'w-40'].map((width) => (
                  <tr key={width} className="last:[&>td]:border-0">
                    <Td colSpan={4}>
                      <Skeleton className={`h-4 ${width}`} />
                    </Td>
                  </tr>
                ))}
          </tbody>
        </Table>
      )}
    </Section>
  );
}

function OperationRow({ operation: { service, name, spans, p95Ns, longestNs } }: { operation: Operation }) {
  const shownName = showPlainText(name) || 'a span without a name';
  return (
    <tr className="last:[&>td]:border-0">
      <Td className="w-full max-w-0 min-w-36">
        <Link
          to="/traces"
          search={{
            q: `{ resource.service.name = ${quoteTraceQl(service)} && name = ${quoteTraceQl(name)} }`,
            live: false,
          }}
          title={`Traces of ${shownName}`}
          className="block truncate font-medium text-accent underline-offset-2 hover:underline"
        >
          {shownName}
        </Link>
      </Td>
      <Td className="max-w-56">
        <ServiceDot service={service} cut="middle" className="max-w-full text-muted" />
      </Td>
      <Td className="text-right whitespace-nowrap">{formatCount(spans)}</Td>
      <Td className="text-right font-medium whitespace-nowrap" title={`longest ${formatDuration(longestNs)}`}>
        {formatDuration(p95Ns)}
      </Td>
    </tr>
  );
}
