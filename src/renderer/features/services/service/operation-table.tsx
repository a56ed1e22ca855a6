import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ServiceOperation } from '../../../../shared/contract/services';
import { showPlainText } from '../../../../shared/show-plain-text';
import { useArrivalInterval } from '../../../client/arrival/use-arrival-interval';
import { client } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { formatCount } from '../../../client/format-number';
import { formatPace } from '../../../client/format-pace';
import { askFirst } from '../../../client/loading/first-answer';
import { type OperationColumn, readServiceSearch } from '../../../page/services-search';
import { keepTime } from '../../../page/time-window';
import { useTimeRange } from '../../../page/use-time-range';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Section } from '../../../ui/layout/section';
import { Skeleton } from '../../../ui/layout/skeleton';
import { Table, Td, Th } from '../../../ui/layout/table';
import { MiddleCut } from '../../../ui/marks/middle-cut';
import { quoteTraceQl } from '../../traces/list/quote-traceql';
import { Duration } from '../marks/duration';
import { ErrorShare } from '../marks/error-share';
import { sortOperations } from './sort-operations';
import { spansOfService } from './spans-of-service';

const everyMs = 10_000;
const heads: readonly [column: OperationColumn, title: string][] = [
  ['name', 'Operation'],
  ['spans', 'Rate'],
  ['errors', 'Errors'],
  ['p50', 'p50'],
  ['p95', 'p95'],
  ['p99', 'p99'],
];

/** What a service does, by the names of its spans: how often, how much of it fails, how long it takes. */
export function OperationTable({ service }: { service: string }) {
  const time = useTimeRange();
  const navigate = useNavigate();
  const { sort = 'p95' } = readServiceSearch(useSearch({ strict: false }) as Record<string, unknown>);
  const interval = useArrivalInterval(everyMs, everyMs);
  const asked = useQuery({
    queryKey: ['service.operations', service, time.key],
    queryFn: async ({ signal }) => {
      const window = time.resolve();
      const told = await askFirst(() => client.services.operations({ service, window }, { signal }));
      return { window, ...told };
    },
    placeholderData: keepPreviousData,
    refetchInterval: 'since' in time.range ? interval : false,
    retry: false,
  });
  const column = sort.replace('-', '') as OperationColumn;
  // Names begin with the first of the alphabet, numbers with the greatest.
  const isDown = sort.startsWith('-') === (column === 'name');
  const sortBy = (next: OperationColumn) =>
    void navigate({
      to: '.',
      search: (before) => ({ ...before, sort: sort === next ? (`-${next}` as const) : next }),
      replace: true,
    });
  const { data } = asked;
  return (
    <Section
      title="Operations"
      className="min-w-0"
      aside={
        data && (
          <span className="text-xs text-muted tabular">
            {data.total > data.operations.length
              ? `the ${formatCount(data.operations.length)} most frequent of ${formatCount(data.total)}`
              : formatCount(data.total)}
          </span>
        )
      }
    >
      {asked.isError && !data ? (
        <div className="p-3">
          <ProblemCard problem={describeError(asked.error)} />
        </div>
      ) : data?.operations.length === 0 ? (
        <p className="px-3 py-2 text-muted">It sent no span in this window.</p>
      ) : (
        <Table>
          <thead>
            <tr>
              {heads.map(([name, title]) => (
                <Th
                  key={name}
                  className={name === 'name' ? '' : 'text-right'}
                  aria-sort={column !== name ? 'none' : isDown ? 'descending' : 'ascending'}
                >
                  <button
                    type="button"
                    className="inline-flex items-center gap-1 hover:text-ink"
                    onClick={() => sortBy(name)}
                  >
                    {title}
                    {column === name &&
                      (isDown ? <ArrowDown size={11} aria-hidden /> : <ArrowUp size={11} aria-hidden />)}
                  </button>
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {!data &&
              ['w-48', 'w-40', 'w-56'].map((width) => (
                <tr key={width}>
                  <Td colSpan={heads.length}>
                    <Skeleton className={`h-4 ${width}`} />
                  </Td>
                </tr>
              ))}
            {data &&
              sortOperations(data.operations, sort).map((operation) => (
                <OperationRow
                  key={`${operation.kind} ${operation.name}`}
                  service={service}
                  operation={operation}
                  windowMs={data.window.to - data.window.from}
                />
              ))}
          </tbody>
        </Table>
      )}
    </Section>
  );
}

interface OperationRowProps {
  service: string;
  operation: ServiceOperation;
  windowMs: number;
}

function OperationRow({ service, operation, windowMs }: OperationRowProps) {
  const { name, kind, spans, errors, p50Ns, p95Ns, p99Ns } = operation;
  const shown = showPlainText(name) || 'a span without a name';
  const query = spansOfService(service, 'spans', `name = ${quoteTraceQl(name)}`, `kind = ${kind}`);
  return (
    <tr className="hover:bg-hover last:[&>td]:border-0">
      <Td className="w-full max-w-0 min-w-36">
        <span className="flex min-w-0 items-baseline gap-2">
          <Link
            data-list-row
            to="/traces"
            search={(before) => ({ ...keepTime(before), q: query, live: false })}
            title={`Traces of ${shown}`}
            className="flex min-w-0 font-medium text-accent underline-offset-2 hover:underline"
          >
            <MiddleCut name={shown} />
          </Link>
          <span className="shrink-0 text-2xs text-faint">{kind === 'unspecified' ? '' : kind}</span>
        </span>
      </Td>
      <Td className="text-right whitespace-nowrap" title={`${formatCount(spans)} spans`}>
        {formatPace(spans, windowMs)}
      </Td>
      <Td className="text-right">
        <ErrorShare failed={errors} of={spans} what="spans" />
      </Td>
      {[p50Ns, p95Ns, p99Ns].map((ns, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: three columns that stay
        <Td key={index} className="text-right whitespace-nowrap">
          <Duration ns={ns} />
        </Td>
      ))}
    </tr>
  );
}
