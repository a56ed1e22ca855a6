import { omitZeroValues } from '../otlp-json/omit-zero-values';
import type { MetricStream } from './metric-stream';
import { writeLines } from './write-lines';

interface StreamPoint {
  readonly stream: MetricStream;
  readonly point: object;
}

const CUMULATIVE = 2;
const MAX_POINTS = 500;
const FIELDS = {
  gauge: 'gauge',
  sum: 'sum',
  histogram: 'histogram',
  exponential: 'exponentialHistogram',
  summary: 'summary',
} as const;

/** Gathers points until they are a line's worth. */
export class MetricLines {
  private points: StreamPoint[] = [];

  add(stream: MetricStream, timeMs: number, fields: object): void {
    const point = {
      attributes: stream.origin.attributes,
      timeUnixNano: `${timeMs}000000`,
      ...fields,
    };
    this.points.push({ stream, point });
  }

  isFull(): boolean {
    return this.points.length >= MAX_POINTS;
  }

  /** What is gathered, as lines of ExportMetricsServiceRequest. */
  take(): Generator<string> {
    const { points } = this;
    this.points = [];
    return writeLines(points, (some) => ({ resourceMetrics: groupPoints(some) }));
  }
}

function groupPoints(points: readonly StreamPoint[]): object[] {
  const resources = new Map<object, Map<string, { stream: MetricStream; dataPoints: object[] }>>();
  for (const { stream, point } of points) {
    const { resource } = stream.origin;
    const metrics = resources.get(resource) ?? new Map<string, { stream: MetricStream; dataPoints: object[] }>();
    resources.set(resource, metrics);
    const key = `${stream.kind}\0${stream.metric.name}\0${stream.metric.unit}`;
    const metric = metrics.get(key);
    if (metric) metric.dataPoints.push(point);
    else metrics.set(key, { stream, dataPoints: [point] });
  }
  return [...resources].map(([resource, metrics]) => ({
    resource,
    scopeMetrics: [
      { metrics: [...metrics.values()].map(({ stream, dataPoints }) => encodeMetric(stream, dataPoints)) },
    ],
  }));
}

function encodeMetric({ kind, metric }: MetricStream, dataPoints: readonly object[]): object {
  const isCumulative = kind !== 'gauge' && kind !== 'summary';
  return {
    ...omitZeroValues({ name: metric.name, unit: metric.unit, description: metric.description }),
    [FIELDS[kind]]: {
      dataPoints,
      ...(isCumulative && { aggregationTemporality: CUMULATIVE }),
      ...(kind === 'sum' && { isMonotonic: true }),
    },
  };
}
