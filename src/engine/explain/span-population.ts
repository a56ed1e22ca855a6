import type { ResolvedPopulation } from '../../shared/explain/explain-request';
import { resourcesOf } from '../runs/counting/run-scope';
import type { StoreReader } from '../store/reader/reader';
import { DURATION_UNKNOWN } from '../store/reader/span-times';
import { candidateCondition, stageFields } from '../tempo/search/candidate-condition';
import { findTraces } from '../tempo/search/find-traces';
import { compileQuery } from '../tempo/search/read-search-request';
import type { SeqWindow } from '../tempo/search/span-condition';
import type { Field, Query } from '../tempo/traceql/ast';
import { PopulationRefused } from './population-refused';

const NANOS = 1_000_000;
/** A query that SQL cannot answer is answered by so many traces, the newest. */
const MOST_TRACES = 1000;
const MOST_LISTED = 50_000;

/** Spans of a population as a condition of SQL. */
export interface SpanPopulation {
  /** Unix nanoseconds, the end not included. */
  readonly startNs: bigint;
  readonly endNs: bigint;
  /** Over `spans s`; of rows of the window. */
  sql(window: SeqWindow): string;
  /** What the query names. */
  readonly fields: readonly Field[];
  /** A sentence where not all that it means was looked for. */
  readonly leftOut: string | null;
}

/** Throws `PopulationRefused`. */
export async function compileSpanPopulation(
  reader: StoreReader,
  population: ResolvedPopulation,
  signal: AbortSignal,
): Promise<SpanPopulation> {
  const { window, runId } = population;
  const [startNs, endNs] = [nanosOf(window.from), nanosOf(window.to)];
  const conditions = [
    `s.start_ns >= ${startNs}::UBIGINT AND s.start_ns < ${endNs}::UBIGINT`,
    ...(population.errors ? ['s.status = 2'] : []),
    ...durationConditions(population),
    ...(runId === undefined ? [] : [resourceCondition(reader, runId)]),
  ];
  const compiled = await compileText(reader, population.query ?? '', { startNs, endNs }, signal);
  return {
    ...{ startNs, endNs, fields: compiled.fields, leftOut: compiled.leftOut },
    sql: (rows) => `(${[...conditions, compiled.sql(rows)].join(' AND ')})`,
  };
}

function nanosOf(milliseconds: number): bigint {
  return BigInt(Math.max(0, Math.round(milliseconds))) * BigInt(NANOS);
}

function durationConditions({ slowerThanMs, fasterThanMs }: ResolvedPopulation): string[] {
  const bounds = [
    ...(slowerThanMs === undefined ? [] : [`s.duration_ns >= ${BigInt(Math.round(slowerThanMs * NANOS))}::UBIGINT`]),
    ...(fasterThanMs === undefined ? [] : [`s.duration_ns <= ${BigInt(Math.round(fasterThanMs * NANOS))}::UBIGINT`]),
  ];
  return bounds.length === 0 ? [] : [...bounds, `(s.times & ${DURATION_UNKNOWN}) = 0`];
}

function resourceCondition(reader: StoreReader, runId: string): string {
  const ids = [...resourcesOf(reader, runId)];
  return ids.length === 0 ? 'false' : `s.resource IN (${ids.join(',')})`;
}

type Compiled = Pick<SpanPopulation, 'sql' | 'fields' | 'leftOut'>;

async function compileText(
  reader: StoreReader,
  text: string,
  range: { startNs: bigint; endNs: bigint },
  signal: AbortSignal,
): Promise<Compiled> {
  if (/^\s*(?:\{\s*\}\s*)?$/.test(text)) return { sql: () => 'true', fields: [], leftOut: null };
  const query = compileQuery(text);
  if ('kind' in query) throw new PopulationRefused(query.message);
  if (query.metrics)
    throw new PopulationRefused('a population is spans, such as `{ status = error }`: leave the metrics function out');
  const fields = query.stages.flatMap(stageFields);
  const condition = await candidateCondition(reader, query, { signal });
  if (condition.exact && query.stages.length === 1 && query.stages[0]?.type === 'filter')
    return { sql: condition.sql, fields, leftOut: null };
  return { ...(await listSpans(reader, query, range, signal)), fields };
}

/** What is said of whole traces is looked at in the newest ones. */
async function listSpans(
  reader: StoreReader,
  query: Query,
  range: { startNs: bigint; endNs: bigint },
  signal: AbortSignal,
): Promise<Pick<Compiled, 'sql' | 'leftOut'>> {
  const seqs = new Set<bigint>();
  let traces = 0;
  await findTraces(reader, { query, ...range, limit: MOST_TRACES, signal }, async ({ spansets }) => {
    traces++;
    for (const { spans } of spansets) for (const { seq } of spans) if (seqs.size < MOST_LISTED) seqs.add(seq);
  });
  const isCut = traces >= MOST_TRACES || seqs.size >= MOST_LISTED;
  return {
    sql: () => (seqs.size === 0 ? 'false' : `s.seq IN (SELECT unnest('[${[...seqs].join(',')}]'::UBIGINT[]))`),
    leftOut: isCut ? `The query looks at whole traces: its spans are those of the newest ${traces} that match.` : null,
  };
}
