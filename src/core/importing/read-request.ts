import type { Problem } from '../../shared/problem';
import { describeForeign } from './describe-foreign';

export interface OtlpRequest {
  signal: 'traces' | 'logs' | 'metrics';
  /** Spans, log lines or points. */
  items: number;
  /** Ids of the traces that the request has spans of, with how many. */
  traces: ReadonlyMap<string, number>;
}

type Json = Readonly<Record<string, unknown>>;
const none: ReadonlyMap<string, number> = new Map();
const pointKinds = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'];

/** What a line of a file asks a receiver to take, or why it is no request of OTLP JSON. */
export function readRequest(text: string, line: number): OtlpRequest | { problem: Problem } {
  const value = parse(text);
  const request = asObject(value);
  if (Array.isArray(request.resourceSpans)) return readSpans(request);
  if (Array.isArray(request.resourceLogs)) {
    return { signal: 'logs', items: below(request, 'resourceLogs', 'scopeLogs', 'logRecords').length, traces: none };
  }
  if (Array.isArray(request.resourceMetrics)) {
    const metrics = below(request, 'resourceMetrics', 'scopeMetrics', 'metrics');
    const points = metrics.flatMap((metric) => pointKinds.map((kind) => below(metric, kind, 'dataPoints').length));
    return { signal: 'metrics', items: points.reduce((sum, count) => sum + count, 0), traces: none };
  }
  const foreign = describeForeign(text, value);
  return {
    problem: {
      kind: 'not-otlp',
      message: `Line ${line} is not an OTLP JSON request${foreign && `: it is ${foreign}`}.`,
      hint: `Each line holds resourceSpans, resourceLogs or resourceMetrics.${line > 1 ? ' Lines before it were imported.' : ''}`,
    },
  };
}

/** Whether a text is JSON by itself. */
export function isJson(text: string): boolean {
  return parse(text) !== undefined;
}

function readSpans(request: Json): OtlpRequest {
  const spans = below(request, 'resourceSpans', 'scopeSpans', 'spans');
  const traces = new Map<string, number>();
  for (const { traceId } of spans) {
    if (typeof traceId !== 'string' || !/^[0-9a-f]{32}$/i.test(traceId)) continue;
    const id = traceId.toLowerCase();
    traces.set(id, (traces.get(id) ?? 0) + 1);
  }
  return { signal: 'traces', items: spans.length, traces };
}

/** The objects under a path of keys, through lists. */
function below(from: Json, ...path: string[]): Json[] {
  let level: Json[] = [from];
  for (const key of path) {
    level = level.flatMap((each) => {
      const value = each[key];
      return Array.isArray(value) ? value.map(asObject) : [asObject(value)].filter((one) => one !== nothing);
    });
  }
  return level;
}

const nothing: Json = {};

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : nothing;
}

/** Undefined where it is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}
