import type { FactHead, FactOrigin } from '../dialects/session-fact';

/** One thing that happened, and what it was told by. */
export interface Told<Fact extends FactHead> {
  /** Of the surest telling, with what the others add. */
  fact: Fact;
  readonly origins: Set<FactOrigin>;
}

interface Rules<Fact> {
  /** An id that the same thing has wherever it is told. */
  key(fact: Fact): string | undefined;
  /** What two tellings of one thing have in common where one of them has no key. */
  signature(fact: Fact): string;
  /** `first` told by the surer origin. */
  merge(first: Fact, other: Fact): Fact;
}

const order: readonly FactOrigin[] = ['event', 'genai-event', 'span'];
/** Tellings of one thing end together: they come from one process. */
const apartMs = 5000;

/** Each thing once, in no order: of facts that tell the same, one that has what any of them knows. Takes time in proportion to them. */
export function mergeTellings<Fact extends FactHead>(facts: readonly Fact[], rules: Rules<Fact>): Told<Fact>[] {
  const things: Told<Fact>[] = [];
  const byKey = new Map<string, Told<Fact>>();
  for (const origin of order) {
    const told = facts.filter((fact) => fact.origin === origin).sort((a, b) => a.endMs - b.endMs);
    const waiting = waitingBySignature(things, rules);
    for (const fact of told) {
      const key = rules.key(fact);
      const known = key === undefined ? undefined : byKey.get(key);
      const thing = known ?? takeNearest(waiting.get(rules.signature(fact)), fact, rules);
      if (thing) {
        thing.fact = rules.merge(thing.fact, fact);
        thing.origins.add(origin);
        if (key !== undefined) byKey.set(key, thing);
        continue;
      }
      const made = { fact, origins: new Set([origin]) };
      things.push(made);
      if (key !== undefined) byKey.set(key, made);
    }
  }
  return things;
}

interface Queue<Fact extends FactHead> {
  readonly things: Told<Fact>[];
  next: number;
}

function waitingBySignature<Fact extends FactHead>(
  things: readonly Told<Fact>[],
  rules: Rules<Fact>,
): Map<string, Queue<Fact>> {
  const queues = new Map<string, Queue<Fact>>();
  for (const thing of things.toSorted((a, b) => a.fact.endMs - b.fact.endMs)) {
    const signature = rules.signature(thing.fact);
    const queue = queues.get(signature);
    if (queue) queue.things.push(thing);
    else queues.set(signature, { things: [thing], next: 0 });
  }
  return queues;
}

/** Of those that wait, the first that ended at about the same time; two keys that differ are two things. */
function takeNearest<Fact extends FactHead>(
  queue: Queue<Fact> | undefined,
  fact: Fact,
  rules: Rules<Fact>,
): Told<Fact> | undefined {
  if (!queue) return undefined;
  const isOther = ({ fact: { endMs }, fact: first, origins }: Told<Fact>) =>
    endMs < fact.endMs - apartMs ||
    origins.has(fact.origin) ||
    (rules.key(fact) !== undefined && rules.key(first) !== undefined);
  while (queue.next < queue.things.length && isOther(queue.things[queue.next]!)) queue.next++;
  const first = queue.things[queue.next];
  if (!first || first.fact.endMs > fact.endMs + apartMs) return undefined;
  queue.next++;
  return first;
}

/** `first`, with what it lacks of `other`. Of what a span and an event tell, the span's times are the thing's own. */
export function fillIn<Fact extends FactHead>(first: Fact, other: Fact): Fact {
  const merged = { ...first };
  for (const key in other) if (merged[key] === undefined) merged[key] = other[key];
  if (other.origin !== 'span') return merged;
  const { startMs, traceId, spanId, parentSpanId } = other;
  return { ...merged, startMs, traceId, spanId, parentSpanId };
}
