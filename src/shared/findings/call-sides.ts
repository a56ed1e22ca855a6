import { compareTexts } from '../compare-texts';
import type { Evidence } from '../runs/finding';
import { normalizePath } from '../shapes/normalize-url';
import type { Half } from './call-halves';
import { quoted } from './place-of';
import type { Sighting } from './sighting';

/** Calls between two services that one sentence tells of. */
export interface LostCalls {
  readonly sighting: Omit<Sighting, 'evidence'>;
  /** Of each call. */
  readonly evidence: readonly Evidence[];
}

/** Of one method and path. */
interface Sides {
  call: Half[];
  begun: Half[];
  /** Undefined where halves came or went since. */
  lost: LostCalls[] | undefined;
}

const slackNs = 1e6;

/** The halves of calls, held against each other: what came or went has only those of the same method and path looked at again. */
export class CallSides {
  readonly #byAsked = new Map<string, Sides>();
  /** They still stand among their sides. */
  readonly #dropped = new Set<Half>();

  add(halves: readonly Half[]): void {
    for (const half of halves) {
      const sides = this.#changed(half);
      if (!this.#dropped.delete(half)) sides[half.side].push(half);
    }
  }

  /** Halves that were added. */
  drop(halves: readonly Half[]): void {
    for (const half of halves) {
      this.#changed(half);
      this.#dropped.add(half);
    }
  }

  lost(): LostCalls[] {
    const all: LostCalls[] = [];
    for (const [asked, sides] of this.#byAsked) {
      if (!sides.lost) this.#settle(asked, sides);
      if (sides.lost && sides.lost.length > 0) all.push(...sides.lost);
    }
    this.#dropped.clear();
    return all;
  }

  #changed({ asked }: Half): Sides {
    const known = this.#byAsked.get(asked);
    if (known) {
      known.lost = undefined;
      return known;
    }
    const sides: Sides = { call: [], begun: [], lost: undefined };
    this.#byAsked.set(asked, sides);
    return sides;
  }

  #settle(asked: string, sides: Sides): void {
    if (this.#dropped.size > 0) {
      const stays = (half: Half) => !this.#dropped.has(half);
      sides.call = sides.call.filter(stays);
      sides.begun = sides.begun.filter(stays);
    }
    if (sides.call.length + sides.begun.length === 0) this.#byAsked.delete(asked);
    sides.lost = sides.call.length > 0 && sides.begun.length > 0 ? findLost(sides) : [];
  }
}

/** What was sorted before and has something new behind it is soon sorted again. */
function findLost({ call: calls, begun }: Sides): LostCalls[] {
  begun.sort(byStart);
  calls.sort(byStart);
  const taken = new Set<Half>();
  const found = new Map<string, { sighting: LostCalls['sighting']; evidence: Evidence[] }>();
  for (const call of calls) {
    const other = firstWithin(begun, call, taken);
    if (!other) continue;
    taken.add(other);
    const between = `${call.service}\u0000${other.service}`;
    const known = found.get(between);
    if (known) known.evidence.push(call.evidence);
    else found.set(between, { sighting: sightingOf(call, other), evidence: [call.evidence] });
  }
  return [...found.values()];
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
