import { ORPCError } from '@orpc/client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Series } from '../../../../shared/contract/telemetry';
import { showPlainText } from '../../../../shared/show-plain-text';
import { client } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { formatCount } from '../../../client/format-number';
import { useTimeRange } from '../../../page/use-time-range';
import { formatValue } from '../../../ui/charts/format-value';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Table, Td, Th } from '../../../ui/layout/table';
import { Spinner } from '../../../ui/marks/spinner';
import { promNumber } from '../query/prom-number';

interface ValueTableProps {
  query: string;
  unit: string;
}

/** Rows that one reads. */
const shownRows = 200;
const everyMs = 15_000;

/** What a query answers at the end of the window, the greatest first. */
export function ValueTable({ query, unit }: ValueTableProps) {
  const time = useTimeRange();
  const answer = useQuery({
    queryKey: ['metric-values', query, time.key],
    enabled: query !== '',
    retry: false,
    refetchInterval: 'since' in time.range ? everyMs : false,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => greatestNow(query, time.resolve().to, signal),
  });
  if (answer.isError) return <ProblemCard problem={describeError(answer.error)} />;
  if (!answer.data) return <Spinner />;
  const { series, total } = answer.data;
  const labels = [...new Set(series.flatMap((each) => Object.keys(each.labels)))].filter(
    (label) => label !== '__name__',
  );
  const rows = series.map((each) => ({ labels: each.labels, value: numberOf(each) }));
  const greatest = Math.max(0, ...rows.map(({ value }) => Math.abs(value)).filter(Number.isFinite));
  if (rows.length === 0) return <p className="text-sm text-muted">No samples at the end of this window.</p>;
  return (
    <section className="overflow-x-auto rounded-lg border border-line bg-surface">
      <Table>
        <thead>
          <tr>
            {labels.map((label) => (
              <Th key={label} className="font-mono">
                {showPlainText(label)}
              </Th>
            ))}
            <Th className="text-right">Value</Th>
            <Th className="w-1/4" />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={JSON.stringify(row.labels)} className="hover:bg-hover">
              {labels.map((label) => (
                <Td
                  key={label}
                  className="max-w-96 truncate font-mono text-xs"
                  title={showPlainText(row.labels[label] ?? '')}
                >
                  {showPlainText(row.labels[label] ?? '') || '–'}
                </Td>
              ))}
              <Td className="text-right font-medium whitespace-nowrap">
                {Number.isFinite(row.value) ? formatValue(row.value, unit) : String(row.value)}
              </Td>
              <Td>
                <span
                  aria-hidden
                  className="block h-1.5 rounded-full bg-accent/60"
                  style={{
                    width: `${greatest > 0 && Number.isFinite(row.value) ? (Math.abs(row.value) / greatest) * 100 : 0}%`,
                  }}
                />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {total > series.length && (
        <p className="px-3 py-2 text-xs text-muted">
          The {formatCount(series.length)} greatest of {formatCount(total)}; {formatCount(total - series.length)} left
          out.
        </p>
      )}
    </section>
  );
}

/** The greatest of a vector with the number of all; what is none (a scalar, histograms) as it is. */
async function greatestNow(
  query: string,
  at: number,
  signal: AbortSignal,
): Promise<{ series: Series[]; total: number }> {
  try {
    const [top, count] = await Promise.all([
      client.metrics.query({ query: `topk(${shownRows}, ${query})`, at }, { signal }),
      client.metrics.query({ query: `count(${query})`, at }, { signal }),
    ]);
    const total = promNumber(count.series[0]?.values[0]?.[1] ?? '0');
    if (top.series.length > 0 || total === 0) return { series: top.series, total };
  } catch (error) {
    if (!(error instanceof ORPCError) || error.code !== 'QUERY') throw error;
  }
  const { series } = await client.metrics.query({ query, at }, { signal });
  return { series: series.slice(0, shownRows), total: series.length };
}

/** Of a whole histogram how many there were. */
function numberOf({ values, histograms }: Series): number {
  return promNumber(values[0]?.[1] ?? histograms?.[0]?.[1].count ?? 'NaN');
}
