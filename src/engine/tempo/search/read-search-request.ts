import type { Problem } from '../../../shared/problem';
import type { Query } from '../traceql/ast';
import { checkQuery } from '../traceql/check-query';
import { parseDuration } from '../traceql/parse/parse-duration';
import { parseTraceql } from '../traceql/parse/parse-traceql';
import { type TraceOrder, traceOrders } from './find-in-order';
import { tagsToTraceql } from './tags-to-traceql';

export interface SearchRequest {
  readonly query: Query;
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly limit: number;
  readonly spansPerSpanset: number;
  /** Watchtower's own parameter `order`. */
  readonly order?: TraceOrder | undefined;
}

/** Without a range, this much up to now. */
const DEFAULT_RANGE_NS = 15n * 60n * 1_000_000_000n;
const DEFAULT_LIMIT = 20;

/** Reads the parameters of `/api/search`; `nowMs` is Unix milliseconds. */
export function readSearchRequest(
  parameters: Readonly<Record<string, string>>,
  nowMs: number,
): SearchRequest | Problem {
  const range = readRange(parameters, nowMs);
  if ('kind' in range) return range;
  const limit = readCount(parameters, 'limit');
  if (typeof limit === 'object') return limit;
  if (limit === 0) return bad('invalid limit: must be a positive number');
  const spansPerSpanset = readCount(parameters, 'spss');
  if (typeof spansPerSpanset === 'object') return spansPerSpanset;
  const order = traceOrders.find((each) => each === parameters.order);
  if (parameters.order && !order) return bad(`invalid order: must be one of ${traceOrders.join(', ')}`);
  const text = queryText(parameters);
  if (typeof text === 'object') return text;
  const query = compileQuery(text);
  if ('kind' in query) return query;
  if (query.metrics) return bad('the query is a metrics query: use /api/metrics/query_range');
  return { ...range, query, limit: limit ?? DEFAULT_LIMIT, spansPerSpanset: spansPerSpanset ?? 0, order };
}

/** Parses and checks; the message of a problem is the answer's text. */
export function compileQuery(text: string): Query | Problem {
  const query = parseTraceql(text);
  const problem = 'kind' in query ? query : checkQuery(query);
  if (problem)
    return {
      ...problem,
      message: problem.kind === 'traceql-unsupported' ? problem.message : `invalid TraceQL query: ${problem.message}`,
    };
  return query;
}

interface Range {
  readonly startNs: bigint;
  readonly endNs: bigint;
}

/** What is asked for, or where nothing is the last while up to now. */
function readRange(parameters: Readonly<Record<string, string>>, nowMs: number): Range | Problem {
  const range = readGivenRange(parameters);
  if (range) return range;
  const endNs = BigInt(nowMs) * 1_000_000n;
  // A clock that is a little ahead must not hide the newest spans.
  return { startNs: endNs - DEFAULT_RANGE_NS, endNs: endNs + 60_000_000_000n };
}

/** `start` and `end` in Unix seconds, both or neither; undefined where they are missing or 0. */
export function readGivenRange(parameters: Readonly<Record<string, string>>): Range | Problem | undefined {
  for (const name of ['start', 'end'] as const) {
    const value = parameters[name];
    if (value && !/^\d{1,10}$/.test(value))
      return bad(`invalid ${name}: strconv.ParseUint: parsing ${JSON.stringify(value)}: invalid syntax`);
  }
  const [start, end] = [Number(parameters.start || 0), Number(parameters.end || 0)];
  if (start === 0 && end === 0) return undefined;
  if (!parameters.start || !parameters.end)
    return bad('only one of start and end provided: must provide both or neither');
  if (end <= start) return bad(`http parameter start must be before end. received start=${start} end=${end}`);
  return { startNs: BigInt(start) * 1_000_000_000n, endNs: BigInt(end) * 1_000_000_000n };
}

function readCount(parameters: Readonly<Record<string, string>>, name: string): number | undefined | Problem {
  const value = parameters[name];
  if (!value) return undefined;
  if (!/^\d{1,9}$/.test(value))
    return bad(`invalid ${name}: strconv.ParseUint: parsing ${JSON.stringify(value)}: invalid syntax`);
  return Number(value);
}

/** The TraceQL text: `q`, or the older form of tags and durations. */
function queryText(parameters: Readonly<Record<string, string>>): string | Problem {
  const { q, tags, minDuration, maxDuration } = parameters;
  if (q && tags) return bad("invalid request: can't specify tags and q in the same query");
  if (q) return q;
  const minimum = minDuration ? parseDuration(minDuration) : undefined;
  const maximum = maxDuration ? parseDuration(maxDuration) : undefined;
  if (minDuration && minimum === undefined)
    return bad(`invalid minDuration: time: invalid duration ${JSON.stringify(minDuration)}`);
  if (maxDuration && maximum === undefined)
    return bad(`invalid maxDuration: time: invalid duration ${JSON.stringify(maxDuration)}`);
  if (minimum !== undefined && maximum !== undefined && minimum > maximum)
    return bad('invalid maxDuration: must be greater than minDuration');
  return tagsToTraceql(tags ?? '', minimum, maximum);
}

function bad(message: string): Problem {
  return { kind: 'bad-request', message };
}
