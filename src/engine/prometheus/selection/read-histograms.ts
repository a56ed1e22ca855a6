import { idsAsText } from '../../store/reader/ids-as-text';
import type { SqlValue, StoreReader } from '../../store/reader/reader';
import { type Buckets, type NativeHistogram, NO_BUCKETS } from '../promql/histogram/native-histogram';
import { reduceBuckets } from '../promql/histogram/reduce-buckets';
import { weightOfBuckets } from '../promql/histogram/weight-of-histogram';
import type { ReadLimits } from '../promql/terms/sample-source';

/** Prometheus' finest schema; finer scales are joined to it as they arrive there. */
const MAX_SCHEMA = 8;
/** What Prometheus takes an exponential histogram's zero bucket to hold where it does not say. */
const DEFAULT_ZERO_THRESHOLD = 1e-128;

export interface HistogramSample {
  readonly timeMs: number;
  readonly histogram: NativeHistogram;
}

interface HistogramRow {
  series: number;
  time_ms: number;
  count: number;
  sum: number;
  scale: number;
  zero_count: number;
  zero_threshold: number;
  positive_offset: number;
  positive_counts: number[];
  negative_offset: number;
  negative_counts: number[];
}

const ROWS =
  'FROM exponential_histograms WHERE time_ms BETWEEN $1 AND $2 AND series IN (SELECT unnest($3::UINTEGER[]))';
const COLUMNS = `series, time_ms::DOUBLE AS time_ms, count::DOUBLE AS count, sum, scale, zero_count::DOUBLE AS zero_count,
  zero_threshold, positive_offset, positive_counts::DOUBLE[] AS positive_counts,
  negative_offset, negative_counts::DOUBLE[] AS negative_counts`;

/** The exponential histograms of the series by id, ascending in time; of several at one time the last that arrived. */
export async function readHistograms(
  { database }: StoreReader,
  window: readonly [startMs: number, endMs: number],
  series: readonly number[],
  { pace, budget }: ReadLimits,
): Promise<Map<number, HistogramSample[]>> {
  const parameters: SqlValue[] = [...window, idsAsText(series)];
  const options = { signal: pace.signal };
  const [size] = await database.rows<{ rows: number; buckets: number }>(
    `SELECT count(*)::DOUBLE AS rows, coalesce(sum(len(positive_counts) + len(negative_counts)), 0)::DOUBLE AS buckets ${ROWS}`,
    parameters,
    options,
  );
  const found = new Map<number, HistogramSample[]>();
  if (!size || size.rows === 0) return found;
  budget.load(size.rows * weightOfBuckets(0) + size.buckets);
  const rows = await database.rows<HistogramRow>(
    `SELECT ${COLUMNS} ${ROWS} ORDER BY time_ms, rowid`,
    parameters,
    options,
  );
  for (const row of rows) {
    if (pace.isDueAfter(100 + row.positive_counts.length + row.negative_counts.length)) await pace.turn();
    const samples = found.get(row.series) ?? [];
    if (samples.length === 0) found.set(row.series, samples);
    if (samples.at(-1)?.timeMs === row.time_ms) samples.pop();
    samples.push({ timeMs: row.time_ms, histogram: toHistogram(row) });
  }
  return found;
}

function toHistogram(row: HistogramRow): NativeHistogram {
  const steps = Math.max(0, row.scale - MAX_SCHEMA);
  return {
    schema: row.scale - steps,
    count: row.count,
    sum: row.sum,
    zeroThreshold: row.zero_threshold || DEFAULT_ZERO_THRESHOLD,
    zeroCount: row.zero_count,
    positive: reduceBuckets(toBuckets(row.positive_offset, row.positive_counts), steps),
    negative: reduceBuckets(toBuckets(row.negative_offset, row.negative_counts), steps),
    counterReset: 'unknown',
  };
}

/** OTLP numbers a bucket by its lower bound, Prometheus by its upper one. */
function toBuckets(offset: number, counts: readonly number[]): Buckets {
  if (counts.every((count) => count === 0)) return NO_BUCKETS;
  const indexes: number[] = [];
  for (const [i, count] of counts.entries()) if (count !== 0) indexes.push(offset + i + 1);
  return { indexes, counts: counts.filter((count) => count !== 0) };
}
