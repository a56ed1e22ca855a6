import type { Context } from 'hono';
import { parseStreamMatchers } from '../logql/parse-logql';
import { QueryError } from '../logql/query-error';
import { groupLabels, type MetricSeries, SeriesTable, type StepGrid } from '../metrics/metric-series';
import { PointBudget } from '../metrics/point-budget';
import { type LogStream, labelsKey } from '../records/log-stream';
import type { LokiContext } from '../selection/loki-context';
import { measureLines } from '../selection/measure-lines';
import { selectStreams } from '../selection/select-streams';
import type { TimeRange } from '../selection/time-ranges';
import { readBounds, readLimit, readParameters, readStep } from './query-parameters';
import { writeVolumes } from './write-volumes';

/** `index/volume`: bytes by stream labels over the whole range, most first. */
export async function queryVolume(context: Context, loki: LokiContext): Promise<Response> {
  const parameters = await readParameters(context);
  const bounds = readBounds(parameters, loki.nowNs());
  const stepNs = bounds.endNs + 1n;
  return answer(context, parameters, { ...bounds, stepNs }, loki);
}

/** `index/volume_range`: the same by step. The steps begin at multiples of the step, the first at the start. */
export async function queryVolumeRange(context: Context, loki: LokiContext): Promise<Response> {
  const parameters = await readParameters(context);
  const bounds = readBounds(parameters, loki.nowNs());
  return answer(context, parameters, { ...bounds, stepNs: readStep(parameters, bounds.startNs, bounds.endNs) }, loki);
}

interface VolumeRange {
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly stepNs: bigint;
}

async function answer(context: Context, parameters: URLSearchParams, range: VolumeRange, loki: LokiContext) {
  const { startNs, endNs, stepNs } = range;
  const from = startNs - (startNs % stepNs);
  const count = Math.max(1, Number((endNs - from + stepNs - 1n) / stepNs));
  const grid: StepGrid = { startNs: from, stepNs, count, budget: new PointBudget() };
  const series = await measure(parameters, grid, { from: startNs, to: endNs + 1n }, loki, context.req.raw.signal);
  const data = writeVolumes(series.slice(0, readLimit(parameters)), grid, endNs);
  return context.json({ status: 'success', data: { ...data, stats: {} } });
}

async function measure(
  parameters: URLSearchParams,
  grid: StepGrid,
  range: TimeRange,
  loki: LokiContext,
  signal: AbortSignal,
): Promise<MetricSeries[]> {
  const matchers = parseStreamMatchers(parameters.get('query') ?? '');
  const aggregateBy = parameters.get('aggregateBy') || 'series';
  if (aggregateBy !== 'series' && aggregateBy !== 'labels') throw new QueryError('invalid aggregation option');
  const targets = (parameters.get('targetLabels') ?? '').split(',').filter((name) => name !== '');
  const byLabels = aggregateBy === 'labels';
  const names = targets.length > 0 ? targets : byLabels ? [] : matchers.map(({ name }) => name);
  const streams = streamsWith(targets, selectStreams(loki.reader.dictionary, matchers));
  const table = new SeriesTable(grid);
  // A line at the very end belongs to the step that ends there.
  const step = `least((time_ns::BIGINT - ${grid.startNs}) // ${grid.stepNs}, ${grid.count - 1})`;
  for (const { resource, step: at, bytes } of await measureLines(streams, range, step, loki, signal)) {
    const { labels } = streams.get(resource)!;
    const kept = groupLabels(labels, names.length > 0 ? { without: false, labels: names } : undefined);
    const sets = byLabels ? [...kept.keys()].map((name) => new Map([[name, '']])) : [kept];
    for (const set of sets) {
      const series = table.get(set);
      series.values[at]! += bytes;
      series.present[at] = 1;
    }
  }
  return mostFirst(table.all());
}

function mostFirst(series: readonly MetricSeries[]): MetricSeries[] {
  const keyed = series.map((one) => ({
    one,
    total: one.values.reduce((sum, value) => sum + value, 0),
    key: labelsKey(one.labels),
  }));
  keyed.sort((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1));
  return keyed.map(({ one }) => one);
}

// A target label that a stream has not leaves the stream out.
function streamsWith(
  targets: readonly string[],
  streams: ReadonlyMap<number, LogStream>,
): ReadonlyMap<number, LogStream> {
  return new Map([...streams].filter(([, { labels }]) => targets.every((name) => labels.has(name))));
}

/** `index/stats`: streams, entries and bytes that a selector finds; there are no chunks here. */
export async function queryIndexStats(context: Context, loki: LokiContext): Promise<Response> {
  const parameters = await readParameters(context);
  const { startNs, endNs } = readBounds(parameters, loki.nowNs());
  const streams = selectStreams(loki.reader.dictionary, parseStreamMatchers(parameters.get('query') ?? ''));
  const range = { from: startNs, to: endNs + 1n };
  const rows = await measureLines(streams, range, '0', loki, context.req.raw.signal);
  return context.json({
    streams: new Set(rows.map(({ resource }) => streams.get(resource)!.key)).size,
    chunks: 0,
    bytes: rows.reduce((sum, { bytes }) => sum + bytes, 0),
    entries: rows.reduce((sum, { entries }) => sum + entries, 0),
  });
}
