import type { LogRecord, Series, TimeWindow, TraceSummary } from '../../shared/contract/telemetry';
import { formatDuration } from '../../shared/format-duration';
import { lineText } from '../../shared/line-text';
import type { AskedClient } from './asked-client';
import type { Question } from './signal';

/** A trace, a line or a series, as one line of text and as name with attributes. */
export interface Row {
  /** Of a trace its root's, of a line the line, of a series its metric. */
  name: string;
  attributes: Readonly<Record<string, string>>;
  shown: string;
}

export interface Answer {
  rows: readonly Row[];
  /** Ids of the traces, as of their rows. */
  traceIds: readonly string[];
  /** Sample of the first series. */
  value: number | null;
  /** There are more rows than these. */
  cut: boolean;
}

/** What is there may be counted up to this. */
const mostRows = 2000;
/** In milliseconds: samples looked for where none is of now. */
const step = 15_000;

/** Asks once. Throws the contract's errors: `QUERY` for a query that was refused, `UNAVAILABLE`. */
export async function askQuestion(
  client: AskedClient,
  { signal, query }: Question,
  window: TimeWindow,
  limit = mostRows,
): Promise<Answer> {
  if (signal === 'traces') {
    const { traces } = await client.traces.search({ query, window, limit });
    return {
      rows: traces.map(traceRow),
      traceIds: traces.map(({ traceId }) => traceId),
      value: null,
      cut: traces.length === limit,
    };
  }
  if (signal === 'logs') {
    const { records } = await client.logs.query({ query, window, limit, direction: 'backward' });
    return { rows: records.map(lineRow), traceIds: [], value: null, cut: records.length === limit };
  }
  const now = await client.metrics.query({ query, at: window.to });
  const series = now.series.length > 0 ? now.series : await lastSamples(client, query, window);
  const first = series[0]?.values.at(-1)?.[1];
  return {
    rows: series.map(seriesRow),
    traceIds: [],
    value: first === undefined ? null : readSample(first),
    cut: false,
  };
}

/** Of series that have ended within the window: an app that was stopped sends none any more. */
async function lastSamples(
  client: Pick<AskedClient, 'metrics'>,
  query: string,
  window: TimeWindow,
): Promise<readonly Series[]> {
  const { series } = await client.metrics.queryRange({ query, window, step: step / 1000 });
  return series.filter(({ values }) => values.length > 0);
}

function traceRow(trace: TraceSummary): Row {
  const { traceId, rootService, rootName, durationNs, spanCount, errorCount, services, selected = {} } = trace;
  const errors = errorCount > 0 ? `, ${errorCount} failed` : '';
  const others = services.map(({ name }) => name).filter((name) => name !== rootService);
  const more = [...others, ...Object.entries(selected).map(([key, value]) => `${key}=${value}`)].join(' ');
  const spans = `${spanCount} ${spanCount === 1 ? 'span' : 'spans'}${errors}`;
  return {
    name: rootName,
    attributes: { ...selected, 'service.name': rootService, trace_id: traceId },
    shown: `${traceId} ${rootService} ${rootName} ${formatDuration(durationNs)} ${spans}${more && ` ${more}`}`,
  };
}

function lineRow(record: LogRecord): Row {
  return {
    name: record.line,
    attributes: record.labels,
    shown: `${record.service} ${record.level} ${lineText(record)}`,
  };
}

function seriesRow({ labels, values }: Series): Row {
  const { __name__: name = '', ...others } = labels;
  const pairs = Object.entries(others).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return { name, attributes: labels, shown: `${name}{${pairs.join(', ')}} ${values.at(-1)?.[1] ?? 'a histogram'}` };
}

function readSample(text: string): number {
  if (text === '+Inf') return Number.POSITIVE_INFINITY;
  return text === '-Inf' ? Number.NEGATIVE_INFINITY : Number(text);
}
