import { compareTexts } from '../compare-texts';
import type { Evidence } from '../runs/finding';
import { BoundedTable } from '../shapes/bounded-table';
import { normalizePath } from '../shapes/normalize-url';
import type { TraceView } from '../shapes/trace-view';
import { quoted } from './place-of';
import type { Sighting } from './sighting';

/** One half of a call over HTTP; times are Unix nanoseconds, as near as a number tells them. */
export interface Half {
  readonly side: 'call' | 'begun';
  readonly asked: string;
  /** 0 where it is not told. */
  readonly port: number;
  readonly service: string;
  readonly start: number;
  readonly end: number;
  readonly evidence: Evidence;
}

const mostTraces = 4000;
const mostOfTrace = 100;
const slackNs = 1e6;

/** Calls below which there is nothing, and requests with which a trace begins; at most 100. */
export function halvesOf(view: TraceView): Half[] {
  const halves: Half[] = [];
  const { nodes } = view.layout;
  const began = Number(view.layout.startNs);
  for (let position = 0; position < nodes.length && halves.length < mostOfTrace; position++) {
    const { path, method, health, call } = view.readings[position]!;
    const { span, children, parent, orphan, start } = nodes[position]!;
    if (path === '' || method === '' || health || span.timing !== undefined) continue;
    const isCall = call === 'http' && children.length === 0;
    if (!isCall && !(span.kind === 'server' && parent === -1 && !orphan)) continue;
    const { startNs, durationNs } = span;
    halves.push({
      side: isCall ? 'call' : 'begun',
      asked: `${method} ${path}`,
      port: view.readings[position]!.port,
      service: span.service,
      start: began + start,
      end: began + start + durationNs,
      evidence: { traceId: view.traceId, spanIds: [span.spanId], count: 1, startNs, durationNs },
    });
  }
  return halves;
}

/**
 * Two traces of one request: a call below which there is nothing, and in another trace a request that begins with the same
 * method and path, within the time of the call. Of more than 4,000 traces it looks at 4,000.
 */
export class PropagationWatch {
  readonly #traces = new BoundedTable<readonly Half[]>(mostTraces);

  /** `halves` is asked where they are looked at. */
  add(traceId: string, halves: () => readonly Half[]): void {
    this.#traces.at(traceId, halves);
  }

  /** What another has of other traces. */
  addAll(other: PropagationWatch): void {
    for (const [traceId, halves] of other.#traces.held()) this.#traces.at(traceId, () => halves);
  }

  finish(): Sighting[] {
    const byAsked = new Map<string, Sides>();
    for (const halves of this.#traces.values())
      for (const half of halves) {
        const sides = byAsked.get(half.asked) ?? { call: [], begun: [] };
        if (sides.call.length + sides.begun.length === 0) byAsked.set(half.asked, sides);
        sides[half.side].push(half);
      }
    return [...byAsked.values()].flatMap((sides) =>
      sides.call.length > 0 && sides.begun.length > 0 ? findLost(sides) : [],
    );
  }
}

/** Of one method and path. */
interface Sides {
  readonly call: Half[];
  readonly begun: Half[];
}

function findLost({ call: calls, begun }: Sides): Sighting[] {
  begun.sort(byStart);
  const taken = new Set<Half>();
  const told = new Map<string, Omit<Sighting, 'evidence'>>();
  return calls.sort(byStart).flatMap((call): Sighting[] => {
    const other = firstWithin(begun, call, taken);
    if (!other) return [];
    taken.add(other);
    const between = `${call.service}\u0000${other.service}`;
    const sighting = told.get(between) ?? sightingOf(call, other);
    told.set(between, sighting);
    return [{ ...sighting, evidence: call.evidence }];
  });
}

function byStart(a: Half, b: Half): number {
  return a.start - b.start || compareTexts(a.evidence.traceId, b.evidence.traceId);
}

function sightingOf(call: Half, begun: Half): Omit<Sighting, 'evidence'> {
  const asked = `${call.asked.split(' ', 1)[0]} ${normalizePath(call.asked.slice(call.asked.indexOf(' ') + 1))}`;
  return {
    rule: 'missing-propagation',
    severity: 'problem',
    service: call.service,
    sentence: `${quoted(call.service)} calls ${quoted(begun.service)} with ${quoted(asked)}, which begins a trace of its own: the context is lost between them`,
    advice: 'Pass `traceparent` with the call: an instrumented client, or inject and extract it by hand.',
    key: ['two roots', begun.service, asked],
    weight: 1,
  };
}

/** `others` by their start: only those that began within the call are looked at. */
function firstWithin(others: readonly Half[], call: Half, taken: ReadonlySet<Half>): Half | undefined {
  let [low, high] = [0, others.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (others[middle]!.start < call.start - slackNs) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < others.length && others[at]!.start <= call.end + slackNs; at++)
    if (!taken.has(others[at]!) && isWithin(others[at]!, call)) return others[at];
  return undefined;
}

function isWithin(begun: Half, call: Half): boolean {
  if (begun.evidence.traceId === call.evidence.traceId) return false;
  const ports = begun.port === 0 || call.port === 0 || begun.port === call.port;
  return ports && begun.start >= call.start - slackNs && begun.end <= call.end + slackNs;
}
