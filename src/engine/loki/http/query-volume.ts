import type { Context } from 'hono';
import type { SqlValue } from '../../store/reader';
import { parseStreamMatchers } from '../logql/parse-logql';
import { QueryError } from '../logql/query-error';
import type { LokiContext } from '../loki-context';
import { groupLabels, SeriesTable, type StepGrid } from '../metrics/metric-series';
import { PointBudget } from '../metrics/point-budget';
import type { LogStream } from '../records/log-stream';
import { leaveOutRepeats } from '../selection/leave-out-repeats';
import { selectStreams } from '../selection/select-streams';
import { inIds, ubigint } from '../selection/sql-parameters';
import type { TimeRange } from '../selection/time-ranges';
import { readBounds, readLimit, readParameters, readStep } from './query-parameters';
import { writeMatrix, writeVector } from './write-metrics';

/** `index/volume`: bytes by stream labels over the whole range, most first. */
export async function queryVolume(context: Context, loki: LokiContext): Promise<Response> {
  const parameters = await readParameters(context);
  const { startNs, endNs } = readBounds(parameters, loki.nowNs());
  const grid: StepGrid = { startNs, stepNs: endNs - startNs + 1n, count: 1 };
  const series = await measure(parameters, grid, loki, context.req.raw.signal);
  const result = writeVector(series.slice(0, readLimit(parameters)), endNs);
  return context.json({ status: 'success', data: { resultType: 'vector', result, stats: {} } });
}

/** `index/volume_range`: the same by step. */
export async function queryVolumeRange(context: Context, loki: LokiContext): Promise<Response> {
  const parameters = await readParameters(context);
  const { startNs, endNs } = readBounds(parameters, loki.nowNs());
  const stepNs = readStep(parameters, startNs, endNs);
  const grid: StepGrid = { startNs, stepNs, count: Number((endNs - startNs) / stepNs) + 1, budget: new PointBudget() };
  const series = await measure(parameters, grid, loki, context.req.raw.signal);
  const result = [...writeMatrix(series.slice(0, readLimit(parameters)), grid)];
  return context.json({ status: 'success', data: { resultType: 'matrix', result, stats: {} } });
}

async function measure(parameters: URLSearchParams, grid: StepGrid, loki: LokiContext, signal: AbortSignal) {
  const matchers = parseStreamMatchers(parameters.get('query') ?? '');
  const aggregateBy = parameters.get('aggregateBy') || 'series';
  if (aggregateBy !== 'series' && aggregateBy !== 'labels') throw new QueryError('invalid aggregation option');
  const targets = (parameters.get('targetLabels') ?? '').split(',').filter((name) => name !== '');
  const byLabels = aggregateBy === 'labels';
  const names = targets.length > 0 ? targets : byLabels ? [] : matchers.map(({ name }) => name);
  const streams = streamsWith(targets, selectStreams(loki.reader.dictionary, matchers));
  const table = new SeriesTable(grid);
  const end = grid.startNs + grid.stepNs * BigInt(grid.count);
  const { where, parameters: values } = await linesOf(streams, { from: grid.startNs, to: end }, loki, signal);
  const rows = await loki.reader.database.rows<{ resource: number; step: number; bytes: number }>(
    `SELECT resource, ((time_ns::BIGINT - ${grid.startNs}) // ${grid.stepNs})::INTEGER AS step, sum(strlen(body))::DOUBLE AS bytes FROM logs
     WHERE ${where} GROUP BY ALL`,
    values,
    { signal },
  );
  for (const { resource, step, bytes } of rows) {
    const { labels } = streams.get(resource)!;
    const kept = groupLabels(labels, names.length > 0 ? { without: false, labels: names } : undefined);
    const sets = byLabels ? [...kept.keys()].map((name) => new Map([[name, '']])) : [kept];
    for (const set of sets) {
      const series = table.get(set);
      series.values[step]! += bytes;
      series.present[step] = 1;
    }
  }
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  return table.all().sort((a, b) => total(b.values) - total(a.values));
}

// A target label that a stream has not leaves the stream out.
function streamsWith(
  targets: readonly string[],
  streams: ReadonlyMap<number, LogStream>,
): ReadonlyMap<number, LogStream> {
  return new Map([...streams].filter(([, { labels }]) => targets.every((name) => labels.has(name))));
}

function linesOf(
  streams: ReadonlyMap<number, LogStream>,
  range: TimeRange,
  { reader }: LokiContext,
  signal: AbortSignal,
): Promise<{ where: string; parameters: readonly SqlValue[] }> {
  const where = `time_ns >= ${ubigint(range.from)} AND time_ns < ${ubigint(range.to)} AND ${inIds('resource', [...streams.keys()])}`;
  return leaveOutRepeats({ where, parameters: [] }, reader, range, signal);
}

/** `index/stats`: streams, entries and bytes that a selector finds; there are no chunks here. */
export async function queryIndexStats(context: Context, loki: LokiContext): Promise<Response> {
  const parameters = await readParameters(context);
  const { startNs, endNs } = readBounds(parameters, loki.nowNs());
  const streams = selectStreams(loki.reader.dictionary, parseStreamMatchers(parameters.get('query') ?? ''));
  const { signal } = context.req.raw;
  const lines = await linesOf(streams, { from: startNs, to: endNs + 1n }, loki, signal);
  const rows = await loki.reader.database.rows<{ resource: number; entries: number; bytes: number }>(
    `SELECT resource, count(*)::DOUBLE AS entries, sum(strlen(body))::DOUBLE AS bytes FROM logs WHERE ${lines.where} GROUP BY resource`,
    lines.parameters,
    { signal },
  );
  const keys = new Set(rows.map(({ resource }) => streams.get(resource)!.key));
  return context.json({
    streams: keys.size,
    chunks: 0,
    bytes: rows.reduce((sum, { bytes }) => sum + bytes, 0),
    entries: rows.reduce((sum, { entries }) => sum + entries, 0),
  });
}
