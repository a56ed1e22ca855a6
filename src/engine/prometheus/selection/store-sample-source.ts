import { idsAsText } from '../../store/reader/ids-as-text';
import type { StoredSeries, StoreReader } from '../../store/reader/reader';
import { failExecution } from '../promql/terms/promql-error';
import type { Labels, Matcher, ReadLimits, SampleSource, SelectedSeries } from '../promql/terms/sample-source';
import { METRIC_NAME } from '../promql/values/labels';
import { groupSamples, type SeriesSamples } from './group-samples';
import { matchSeries } from './match-series';
import { mergeHistograms } from './merge-histograms';
import { readHistograms } from './read-histograms';

const SAMPLES = 'SELECT series, time_ms::DOUBLE, value, rowid::DOUBLE FROM samples WHERE time_ms BETWEEN $1 AND $2';
const OF_SERIES = 'series IN (SELECT unnest($3::UINTEGER[]))';
const NO_SAMPLES = { times: new Float64Array(0), values: new Float64Array(0) };

/** Samples for PromQL out of the store: the series are matched in memory, their samples read by one statement a kind. */
export function createStoreSampleSource(reader: StoreReader): SampleSource {
  return {
    async select(
      matchers: readonly Matcher[],
      startMs: number,
      endMs: number,
      limits: ReadLimits,
    ): Promise<SelectedSeries[]> {
      const all = reader.dictionary.series();
      const matched = await matchSeries(all.values(), matchers, limits.pace);
      if (matched.length === 0) return [];
      const window = [Math.ceil(startMs), Math.floor(endMs)] as const;
      const ids = matched.map(({ id }) => id);
      const [floats, histograms] = await Promise.all([
        // Most series wanted: to read all and drop some is quicker than to join.
        readFloats(reader, window, ids, matched.length * 2 > all.size, limits),
        readHistograms(reader, window, ids, limits),
      ]).catch(refuseTooMany);
      // Of the series at hand: the store's own list may have lost some meanwhile to retention.
      const selected: SelectedSeries[] = [];
      for (const series of matched) {
        if (limits.pace.isDue()) await limits.pace.turn();
        const samples = floats.get(series.id);
        const found = histograms.get(series.id);
        if (!samples && !found) continue;
        const merged = found ? mergeHistograms(samples ?? NO_SAMPLES, found) : samples!;
        const { times, values, histograms: kept } = merged as SelectedSeries;
        selected.push({ labels: labelsOf(series), times, values, ...(kept && { histograms: kept }) });
      }
      return selected;
    },
  };
}

async function readFloats(
  { database }: StoreReader,
  window: readonly [startMs: number, endMs: number],
  ids: readonly number[],
  readsAll: boolean,
  { pace, budget }: ReadLimits,
): Promise<Map<number, SeriesSamples>> {
  const options = { signal: pace.signal, admit: (rowCount: number) => budget.load(rowCount) };
  const { columns } = readsAll
    ? await database.columns(SAMPLES, window, options)
    : await database.columns(`${SAMPLES} AND ${OF_SERIES}`, [...window, idsAsText(ids)], options);
  const [series, times, values, rowids] = columns as [Uint32Array, Float64Array, Float64Array, Float64Array];
  const groups = await groupSamples({ series, times, values, rowids }, ids, pace);
  return new Map(groups.map((samples) => [samples.series, samples]));
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

/** The database's bound on memory comes before Prometheus' bound on samples. */
function refuseTooMany(error: unknown): never {
  if (error instanceof Error && /out of memory/i.test(error.message)) {
    failExecution('query processing would load too many samples into memory in query execution');
  }
  throw error;
}
