import { encodeDouble } from '../otlp-json/encode-value';
import { bitsOf, isStaleMarker } from '../samples/is-stale-marker';
import { NO_RECORDED_VALUE } from '../store/metrics/points/point-decoder';
import type { StoreReader } from '../store/reader/reader';
import { ExemplarQueue } from './exemplar-queue';
import { type ExponentialRow, encodeExponentialPoint, exponentialColumns } from './exponential-point';
import type { ExportRange } from './export-range';
import { rangeCondition } from './export-range';
import { joinPoint, type SamplePart } from './join-point';
import { MetricLines } from './metric-lines';
import type { MetricStream } from './metric-stream';
import { StreamPlan } from './plan-streams';
import type { FamilyMetadata } from './restore-metric';
import { timeWindows } from './time-windows';

/**
 * Points of the range, as lines of ExportMetricsServiceRequest by time: OTLP metrics that an import turns into the same
 * Prometheus series again. Exemplars go with the next point of their stream.
 */
export async function* exportMetrics(
  reader: StoreReader,
  range: ExportRange,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const plan = new StreamPlan(reader.dictionary.series(), await loadMetadata(reader, signal));
  const lines = new MetricLines();
  const exemplars = new ExemplarQueue(reader, plan);
  for (const window of await timeWindows(reader, range, signal)) {
    await exemplars.load(window, signal);
    for (const { stream, timeMs, point } of await readPoints(reader, plan, window, signal)) {
      lines.add(stream, timeMs, { ...point, ...exemplars.take(stream, timeMs) });
      if (lines.isFull()) yield* lines.take();
    }
  }
  yield* lines.take();
}

interface TimedPoint {
  readonly stream: MetricStream;
  readonly timeMs: number;
  readonly point: object;
}

async function readPoints(
  reader: StoreReader,
  plan: StreamPlan,
  window: ExportRange,
  signal: AbortSignal,
): Promise<Iterable<TimedPoint>> {
  const inWindow = rangeCondition('time_ms', 'ms', window);
  const { columns } = await reader.database.columns(
    `SELECT series, time_ms::DOUBLE, value FROM samples WHERE ${inWindow} ORDER BY time_ms, rowid`,
    [],
    { signal },
  );
  const exponential = await reader.database.rows<ExponentialRow>(
    `SELECT ${exponentialColumns} FROM exponential_histograms WHERE ${inWindow} ORDER BY time_ms, rowid`,
    [],
    { signal },
  );
  const [series, times, values] = columns as [Uint32Array, Float64Array, Float64Array];
  return pointsOf(plan, { series, times, values }, exponential);
}

interface SampleColumns {
  readonly series: Uint32Array;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** Samples come by time, so that all parts of a point stand together. */
function* pointsOf(
  plan: StreamPlan,
  { series, times, values }: SampleColumns,
  exponential: readonly ExponentialRow[],
): Generator<TimedPoint> {
  const bits = bitsOf(values);
  const open = new Map<MetricStream, SamplePart[]>();
  for (let i = 0; i < series.length; i++) {
    const timeMs = times[i]!;
    const role = plan.role(series[i]!);
    if (role) {
      const part = { series: series[i]!, role, value: values[i]!, isStale: isStaleMarker(bits, i) };
      if (role.part === 'value') yield { ...valuePoint(plan, part), timeMs };
      else if (open.has(role.stream)) open.get(role.stream)!.push(part);
      else open.set(role.stream, [part]);
    }
    if (times[i + 1] === timeMs) continue;
    for (const [stream, parts] of open) {
      const point = joinPoint(parts);
      if (point) yield { stream, timeMs, point };
      else for (const part of parts) yield { stream: plan.plain(part.series), timeMs, point: numberPoint(part) };
    }
    open.clear();
  }
  for (const row of exponential) {
    const role = plan.role(row.series);
    if (role?.stream.kind !== 'exponential') continue;
    yield { stream: role.stream, timeMs: row.time_ms, point: encodeExponentialPoint(row) };
  }
}

/** An exponential histogram leaves nothing but stale markers among the samples. */
function valuePoint(plan: StreamPlan, part: SamplePart): Pick<TimedPoint, 'stream' | 'point'> {
  const { stream } = part.role;
  const isOdd = stream.kind === 'exponential' && !part.isStale;
  return { stream: isOdd ? plan.plain(part.series) : stream, point: numberPoint(part) };
}

function numberPoint({ value, isStale }: SamplePart): object {
  return isStale ? { flags: NO_RECORDED_VALUE } : { asDouble: encodeDouble(value) };
}

async function loadMetadata(reader: StoreReader, signal: AbortSignal): Promise<Map<string, FamilyMetadata>> {
  const rows = await reader.database.rows<FamilyMetadata & { name: string }>(
    'SELECT name, type, unit, help FROM metric_metadata ORDER BY rowid',
    [],
    { signal },
  );
  return new Map(rows.map((row) => [row.name, row]));
}
