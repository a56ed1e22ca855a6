import type { SqlValue, StoredSeries, StoreReader } from '../store/reader';
import { groupSamples } from './group-samples';
import { matchSeries } from './match-series';
import { failExecution, failUnsupported } from './promql/promql-error';
import type { Labels, Matcher, SampleSource, SelectedSeries } from './promql/sample-source';
import { METRIC_NAME } from './promql/values/labels';

const SAMPLES = 'SELECT series, time_ms::DOUBLE, value, rowid::DOUBLE FROM samples WHERE time_ms BETWEEN $1 AND $2';
const OF_SERIES = 'series IN (SELECT unnest($3))';

/** Samples for PromQL out of the store: the series are matched in memory, their samples read by one statement. */
export function createStoreSampleSource(reader: StoreReader): SampleSource {
  return {
    async select(
      matchers: readonly Matcher[],
      startMs: number,
      endMs: number,
      signal?: AbortSignal,
    ): Promise<SelectedSeries[]> {
      const all = reader.dictionary.series();
      const matched = matchSeries(all.values(), matchers);
      if (matched.length === 0) return [];
      const window = [Math.ceil(startMs), Math.floor(endMs)];
      const ids = matched.map(({ id }) => id);
      const [{ columns }] = await Promise.all([
        // Most series wanted: to read all and drop some is quicker than to join.
        matched.length * 2 > all.size
          ? reader.database.columns(SAMPLES, window, { signal })
          : reader.database.columns(`${SAMPLES} AND ${OF_SERIES}`, [...window, ids], { signal }),
        refuseExponentialHistograms(reader, [...window, ids], all, signal),
      ]).catch(refuseTooMany);
      const [series, times, values, rowids] = columns as [Uint32Array, Float64Array, Float64Array, Float64Array];
      return groupSamples({ series, times, values, rowids }, ids).map((samples) => ({
        labels: labelsOf(all.get(samples.series)!),
        times: samples.times,
        values: samples.values,
      }));
    },
  };
}

const labelsOfSeries = new WeakMap<StoredSeries, Labels>();

/** All labels sorted by name, `__name__` among them. */
export function labelsOf(series: StoredSeries): Labels {
  let labels = labelsOfSeries.get(series);
  if (labels === undefined) {
    labels = [[METRIC_NAME, series.name] as const, ...series.labels].sort(([a], [b]) => (a < b ? -1 : 1));
    labelsOfSeries.set(series, labels);
  }
  return labels;
}

async function refuseExponentialHistograms(
  { database }: StoreReader,
  parameters: readonly SqlValue[],
  all: ReadonlyMap<number, StoredSeries>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const [found] = await database.rows<{ series: number }>(
    `SELECT series FROM exponential_histograms WHERE time_ms BETWEEN $1 AND $2 AND ${OF_SERIES} LIMIT 1`,
    parameters,
    { signal },
  );
  if (found !== undefined) failUnsupported(`native histogram ${all.get(found.series)?.name}`);
}

/** The database's bound on memory comes before Prometheus' bound on samples. */
function refuseTooMany(error: unknown): never {
  if (error instanceof Error && /out of memory/i.test(error.message)) {
    failExecution('query processing would load too many samples into memory in query execution');
  }
  throw error;
}
