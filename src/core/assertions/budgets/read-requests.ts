import { distance } from 'fastest-levenshtein';
import { formatDuration } from '../../../shared/format-duration';
import type { RequestShape, RunTelemetry, SpanShape } from '../../../shared/runs/run-summary';
import { holds } from '../comparison';
import type { Failure } from '../judge/judge-answer';
import type { YamlMapping } from '../yaml/yaml-mapping';
import type { Budget } from './budget';
import { type Bound, readBound } from './read-bound';
import { matchesWildcard } from './wildcard';

interface Measure {
  /** As it is said behind the bound. */
  noun: string;
  bare: '<=' | '==';
  time?: boolean;
  of(request: RequestShape, shapes: readonly SpanShape[]): number;
  /** The shapes that it is made of. */
  made?(shape: SpanShape): number;
}

const perRequest = (count: (shape: SpanShape) => number): Pick<Measure, 'of' | 'made'> => ({
  of: (request, shapes) => shapes.reduce((sum, shape) => sum + count(shape), 0) / Math.max(1, request.count),
  made: count,
});

/** What is measured of a request; counts of spans are for each request, on average. */
const measures: Readonly<Record<string, Measure>> = {
  count: { noun: 'requests', bare: '==', of: ({ count }) => count },
  errors: { noun: 'failed requests', bare: '<=', of: ({ errors }) => errors, made: ({ errors }) => errors },
  p50: { noun: 'p50', bare: '<=', time: true, of: ({ durations }) => durations.p50Ns },
  p95: { noun: 'p95', bare: '<=', time: true, of: ({ durations }) => durations.p95Ns },
  max: { noun: 'longest', bare: '<=', time: true, of: ({ durations }) => durations.maxNs },
  queries: { noun: 'queries a request', bare: '<=', ...perRequest(({ query, count }) => (query ? count : 0)) },
  retries: { noun: 'retries a request', bare: '<=', ...perRequest(({ retries }) => retries) },
  spans: { noun: 'spans a request', bare: '<=', ...perRequest(({ count }) => count) },
};

/** A budget for each bound of each request that is named. */
export function readRequests(root: YamlMapping): Budget[] {
  const requests = root.mapping('requests');
  if (!requests) return [];
  return requests.keys().flatMap((name) => {
    const bounds = requests.mapping(name);
    if (!bounds) return [];
    const budgets = Object.entries(measures).flatMap(([key, measure]) => {
      const bound = readBound(bounds, key, measure);
      if (!bound) return [];
      const expected = `${name}: ${measure.time ? `${measure.noun} ${bound.said}` : `${bound.said} ${measure.noun}`}`;
      return {
        place: bounds.placeOf(key),
        expected,
        judge: (telemetry: RunTelemetry) => judgeRequest(telemetry, name, key, measure, bound),
      };
    });
    bounds.end();
    if (budgets.length === 0) bounds.reportWhole(`needs one of ${Object.keys(measures).join(', ')}`);
    return budgets;
  });
}

function judgeRequest(
  telemetry: RunTelemetry,
  name: string,
  key: string,
  measure: Measure,
  bound: Bound,
): Failure | null {
  const requests = telemetry.requests.filter(({ request }) => isNamed(request, name));
  const fail = (message: string, nearest: readonly string[]): Failure => ({ rule: key, message, nearest });
  if (requests.length === 0) {
    if (key === 'count' && holds(0, bound)) return null;
    return fail(`there is no request ${name} in the run`, nearestRequests(telemetry, name));
  }
  for (const request of requests) {
    const shapes = telemetry.shapes.filter((shape) => shape.request === request.request);
    const actual = measure.of(request, shapes);
    if (holds(actual, bound)) continue;
    const said = measure.time ? formatDuration(actual) : `${Number(actual.toFixed(2))} ${measure.noun}`;
    return fail(`${request.request}: ${said}, expected ${bound.said}`, describeShapes(shapes, measure, request));
  }
  return null;
}

function isNamed(request: string, name: string): boolean {
  const withoutService = request.slice(request.indexOf(' ') + 1);
  return matchesWildcard(request, name) || matchesWildcard(withoutService, name);
}

function nearestRequests({ requests }: RunTelemetry, name: string): string[] {
  return [...requests]
    .sort((a, b) => distance(a.request, name) - distance(b.request, name))
    .slice(0, 3)
    .map(({ request, count }) => `${request} (${count} times)`);
}

/** Where it comes from: the shapes that have most of it, else the slowest by themselves. */
function describeShapes(shapes: readonly SpanShape[], { made, time }: Measure, request: RequestShape): string[] {
  if (made) {
    return [...shapes]
      .filter((shape) => made(shape) > 0)
      .sort((a, b) => made(b) - made(a))
      .slice(0, 3)
      .map(
        (shape) =>
          `${made(shape)} × ${shape.service} ${shape.name}${shape.examples[0] ? `, trace ${shape.examples[0]}` : ''}`,
      );
  }
  if (!time) return [];
  return [...shapes]
    .filter(({ parent }) => parent !== '')
    .sort((a, b) => b.durations.totalNs - a.durations.totalNs)
    .slice(0, 3)
    .map(({ service, name, count, durations }) => {
      const each = formatDuration(durations.totalNs / Math.max(1, request.count));
      return `${service} ${name}: ${each} a request in ${count} spans`;
    });
}
