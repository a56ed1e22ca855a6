import type { ErrorGroup, ErrorPlace } from '../../shared/contract/errors';
import type { ToldGroup } from '../../shared/errors/told-errors';
import { formatSpanId, formatTraceId } from '../tempo/store/trace-id';
import { type ErrorRows, HANDLED, SPAN, UNHANDLED } from './error-rows';
import type { ErrorsRequest } from './errors-request';
import type { KnownGroup } from './group-table';
import type { ResourceFacts } from './resource-facts';

const MOST_NEWEST = 3;
/** Of services, versions and environments the most frequent. */
const MOST_NAMES = 20;

/** What the rows of one group come to. */
export class GroupTally {
  count = 0;
  private toldBySpans = 0;
  private firstMs = Number.POSITIVE_INFINITY;
  private lastMs = Number.NEGATIVE_INFINITY;
  private firstKept = Number.POSITIVE_INFINITY;
  private lastKept = Number.NEGATIVE_INFINITY;
  private readonly buckets: number[];
  private readonly byResource = new Map<number, number>();
  private handled = 0;
  private unhandled = 0;
  private readonly newest: number[] = [];

  constructor(
    private readonly rows: ErrorRows,
    private readonly request: ErrorsRequest,
  ) {
    this.buckets = new Array<number>(request.buckets).fill(0);
  }

  /** Of the window, Unix milliseconds. */
  get lastSeen(): number {
    return this.lastMs;
  }

  /** Of all that is kept; `time` as `ErrorRows` has it. */
  addKept(time: number): void {
    if (time < this.firstKept) this.firstKept = time;
    if (time > this.lastKept) this.lastKept = time;
  }

  /** Of the window. */
  add(at: number): void {
    const { rows, request } = this;
    const ms = rows.timeMs(at);
    this.count++;
    if (rows.source[at] === SPAN) this.toldBySpans++;
    if (ms < this.firstMs) this.firstMs = ms;
    if (ms > this.lastMs) this.lastMs = ms;
    const bucket = Math.floor(((ms - request.from) / (request.to - request.from)) * request.buckets);
    this.buckets[Math.min(request.buckets - 1, bucket)]!++;
    const resource = rows.resource[at]!;
    this.byResource.set(resource, (this.byResource.get(resource) ?? 0) + 1);
    if ((rows.flags[at]! & HANDLED) !== 0) this.handled++;
    if ((rows.flags[at]! & UNHANDLED) !== 0) this.unhandled++;
    this.keepNewest(at);
  }

  finish(
    { id, kind, type, template, frame, example }: KnownGroup,
    facts: (resource: number) => ResourceFacts,
  ): ToldGroup {
    const firstKept = this.rows.msOf(this.firstKept);
    const lastKept = this.rows.msOf(this.lastKept);
    const named = (name: (of: ResourceFacts) => string) => this.countBy((resource) => name(facts(resource)));
    return {
      ...{ id, kind, type, template, frame, example, count: this.count },
      toldBySpans: this.toldBySpans,
      toldByLines: this.count - this.toldBySpans,
      firstSeen: Number.isFinite(this.firstMs) ? this.firstMs : firstKept,
      lastSeen: Number.isFinite(this.lastMs) ? this.lastMs : lastKept,
      ...{ firstKept, lastKept },
      buckets: this.buckets,
      services: named(({ service }) => service),
      versions: named(({ version }) => version),
      environments: named(({ environment }) => environment),
      handling: this.handling(),
      newest: this.newest.map((at) => placeOf(this.rows, at, facts)),
    };
  }

  private handling(): ErrorGroup['handling'] {
    if (this.handled > 0 && this.unhandled > 0) return 'both';
    return this.unhandled > 0 ? 'unhandled' : this.handled > 0 ? 'handled' : null;
  }

  /** Those that can be opened go before those of no trace. */
  private keepNewest(at: number): void {
    const { rows, newest } = this;
    const last = newest[MOST_NEWEST - 1];
    if (last !== undefined && !isBefore(rows, at, last)) return;
    const place = newest.findIndex((other) => isBefore(rows, at, other));
    if (place === -1) newest.push(at);
    else newest.splice(place, 0, at);
    if (newest.length > MOST_NEWEST) newest.pop();
  }

  private countBy(name: (resource: number) => string): { name: string; count: number }[] {
    const counts = new Map<string, number>();
    for (const [resource, count] of this.byResource) {
      const called = name(resource);
      if (called !== '') counts.set(called, (counts.get(called) ?? 0) + count);
    }
    return [...counts]
      .map(([called, count]) => ({ name: called, count }))
      .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
      .slice(0, MOST_NAMES);
  }
}

function isBefore(rows: ErrorRows, at: number, other: number): boolean {
  const isTraced = rows.isTraced(at);
  return isTraced === rows.isTraced(other) ? rows.time[at]! > rows.time[other]! : isTraced;
}

export function placeOf(rows: ErrorRows, at: number, facts: (resource: number) => ResourceFacts): ErrorPlace {
  const traced = rows.isTraced(at);
  return {
    traceId: traced ? formatTraceId({ hi: rows.traceHi[at]!, lo: rows.traceLo[at]! }) : '',
    spanId: rows.spanId[at] === 0n ? '' : formatSpanId(rows.spanId[at]!),
    service: facts(rows.resource[at]!).service,
    at: rows.timeMs(at),
  };
}
