import { type ParseError, printParseErrorCode, parse as readTolerantly } from 'jsonc-parser';
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

/** What a text that begins in a line of a file asks a receiver to take, or why it is no request of OTLP JSON. */
export function readRequest(text: string, line: number): OtlpRequest | { problem: Problem } {
  const value = parse(text);
  if (value === undefined) return broken(text, line);
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
  return foreign(text, value, line);
}

function foreign(text: string, value: unknown, line: number): { problem: Problem } {
  const what = describeForeign(text, value);
  return refuse(
    `Line ${line} is not an OTLP JSON request${what && `: it is ${what}`}.`,
    'A request holds resourceSpans, resourceLogs or resourceMetrics.',
    line,
  );
}

/** A text that is no JSON: where and why, if it was meant to be some. */
function broken(text: string, line: number): { problem: Problem } {
  if (!/^[[{]/.test(text)) return foreign(text, undefined, line);
  const faults: ParseError[] = [];
  readTolerantly(text, faults, { disallowComments: true });
  const [fault] = faults;
  const before = text.slice(0, fault?.offset);
  const row = line + before.split('\n').length - 1;
  const column = before.length - before.lastIndexOf('\n');
  return refuse(
    `Line ${row}, column ${column} is no JSON${fault ? `: ${inWords(printParseErrorCode(fault.error))}` : ''}.`,
    `The request begins in line ${line}. A program that was ended while it wrote leaves such a file.`,
    line,
  );
}

/** `CloseBracketExpected` as one says it. */
function inWords(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

function refuse(message: string, hint: string, line: number): { problem: Problem } {
  const before = line > 1 ? ' Requests before it were imported.' : '';
  return { problem: { kind: 'not-otlp', message, hint: `${hint}${before}` } };
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
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
