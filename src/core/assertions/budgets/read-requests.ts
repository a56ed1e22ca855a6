import { distance } from 'fastest-levenshtein';
import { formatDuration } from '../../../shared/format-duration';
import type { CutPart, RequestShape, RunTelemetry, SpanShape } from '../../../shared/runs/run-summary';
import { holds } from '../comparison';
import type { Failure } from '../judge/judge-answer';
import type { YamlMapping } from '../yaml/yaml-mapping';
import type { Budget, Unjudged } from './budget';
import { isWhole, mayHold, notWhole } from './may-hold';
import { type Bound, readBound } from './read-bound';
import { matchesWildcard } from './wildcard';

interface Measure {
  /** As it is said behind the bound. */
  noun: string;
  bare: '<=' | '==';
  time?: boolean;
  of(request: RequestShape, shapes: readonly SpanShape[]): number;
  /** Of what a summary may have a part only. */
  parts?: readonly CutPart[];
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
  queries: {
    noun: 'queries a request',
    bare: '<=',
    ...perRequest(({ query, count }) => (query ? count : 0)),
    parts: ['shapes'],
  },
  retries: {
    noun: 'retries a request',
    bare: '<=',
    ...perRequest(({ retries }) => retries),
    parts: ['shapes', 'retries'],
  },
  spans: { noun: 'spans a request', bare: '<=', ...perRequest(({ count }) => count), parts: ['shapes'] },
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
        judge: (telemetry: RunTelemetry) => judgeRequest(telemetry, { name, key, measure, bound }),
      };
    });
    bounds.end();
    if (budgets.length === 0) bounds.reportWhole(`needs one of ${Object.keys(measures).join(', ')}`);
    return budgets;
  });
}

function judgeRequest(
  telemetry: RunTelemetry,
  { name, key, measure, bound }: { name: string; key: string; measure: Measure; bound: Bound },
): Failure | Unjudged | null {
  const requests = telemetry.requests.filter(({ request }) => isNamed(request, name));
  const fail = (message: string, nearest: readonly string[]): Failure => ({ rule: key, message, nearest });
  if (!isWhole(telemetry, 'traces', 'requests')) return notWhole(telemetry, `${requests.length} kinds of ${name}`);
  if (requests.length === 0) {
    if (key === 'count' && holds(0, bound)) {
      const hiding = telemetry.requests.filter(({ request }) => mayStandFor(request, name));
      if (hiding.length === 0) return null;
      const kinds = hiding.map(({ request, count }) => `${request} (${count} times)`).join(', ');
      return {
        unjudged: `requests have names without what varies, and may be of it: ${kinds}; write * for what varies`,
      };
    }
    return fail(`there is no request ${name} in the run`, nearestRequests(telemetry, name));
  }
  for (const request of requests) {
    const shapes = telemetry.shapes.filter((shape) => shape.request === request.request);
    const actual = measure.of(request, shapes);
    const held = mayHold(actual, bound, isWhole(telemetry, ...(measure.parts ?? [])));
    if (held === true) continue;
    if (held === 'unknown') return notWhole(telemetry, `${Number(actual.toFixed(2))} ${measure.noun}`);
    const said = measure.time ? formatDuration(actual) : `${Number(actual.toFixed(2))} ${measure.noun}`;
    return fail(`${request.request}: ${said}, expected ${bound.said}`, describeShapes(shapes, measure, request));
  }
  return null;
}

function isNamed(request: string, name: string): boolean {
  return matchesWildcard(request, name) || matchesWildcard(withoutService(request), name);
}

/** What varies in the name of a request is `<…>`. */
function mayStandFor(request: string, name: string): boolean {
  const written = request.replace(/<[^<>]*>/g, '*');
  return matchesWildcard(name, written) || matchesWildcard(name, withoutService(written));
}

function withoutService(request: string): string {
  return request.slice(request.indexOf(' ') + 1);
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
