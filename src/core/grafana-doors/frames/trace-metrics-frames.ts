import { type DataFrame, type FrameField, noTypeVersion } from './data-frame';

interface OtlpValue {
  stringValue?: string;
  intValue?: string | number;
  doubleValue?: number | string;
  boolValue?: boolean;
}

/** The answer of Tempo's `/api/metrics/query_range` (`samples`) or `/api/metrics/query` (`value`). */
export interface TraceMetricsAnswer {
  series?: readonly {
    labels?: readonly { key?: string; value?: OtlpValue }[];
    samples?: readonly { timestampMs?: string | number; value?: number | string }[];
    value?: number | string;
  }[];
}

/** One frame a series, named after its label, or after all of them. */
export function traceMetricsFrames(
  { series = [] }: TraceMetricsAnswer,
  { query, at }: { query: string /** Of an instant, in Unix milliseconds. */; at?: number },
): DataFrame[] {
  const isHistogram = /\|\s*histogram_over_time\s*\(/.test(query);
  return series.map(({ labels: pairs = [], samples, value }) => {
    const labels = Object.fromEntries(pairs.map((pair) => [pair.key ?? '', quoted(pair.value)]));
    const name = nameOf(pairs, labels);
    const points = at === undefined ? (samples ?? []) : [{ timestampMs: at, value: value ?? 0 }];
    const fields: FrameField[] = [
      {
        name: 'time',
        type: 'time',
        frame: 'time.Time',
        values: points.map(({ timestampMs = 0 }) => Number(timestampMs)),
      },
      {
        name,
        type: 'number',
        frame: 'float64',
        labels,
        config: { displayName: name },
        values: points.map((point) => Number(point.value ?? 0)),
      },
    ];
    return {
      name,
      refId: name,
      meta: {
        typeVersion: noTypeVersion,
        preferredVisualisationType: 'graph',
        ...(isHistogram && { preferredVisualisationPluginId: 'heatmap' }),
      },
      fields,
    };
  });
}

function nameOf(pairs: readonly { value?: OtlpValue }[], labels: Record<string, string>): string {
  if (pairs.length === 0) return '';
  if (pairs.length === 1) return plain(pairs[0]!.value);
  return `{${Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ')}}`;
}

function plain(value: OtlpValue = {}): string {
  return String(value.stringValue ?? value.intValue ?? value.doubleValue ?? value.boolValue ?? '');
}

/** The text "1" is another value than the number 1. */
function quoted(value: OtlpValue = {}): string {
  return value.stringValue === undefined ? plain(value) : `"${value.stringValue}"`;
}
