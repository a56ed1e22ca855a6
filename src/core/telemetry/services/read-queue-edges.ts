import type { ServiceEdge } from '../../../shared/contract/services';
import type { Attribute, TimeWindow } from '../../../shared/contract/telemetry';
import { isNil } from '../request/is-nil';
import type { TempoClient } from '../tempo-client';
import { namesWithoutProbes } from '../without-probes';

interface Asked {
  window: TimeWindow;
  /** Only the edges of this service. */
  of?: string | undefined;
}

const fields = ['resource.service.name', 'kind', 'span.messaging.system', 'span.messaging.destination.name'] as const;
/** Today's name of what a span does with a message, and last year's. */
const operations = ['span.messaging.operation.type', 'span.messaging.operation'] as const;
/** Of one messaging system; more would fill the map, as queues do that are made for one answer. */
const mostDestinations = 30;

/** Of a name. */
const mostCharacters = 200;

interface Messages {
  service: string;
  publishes: boolean;
  system: string;
  destination: string;
  count: number;
  failed: number;
  /** Seconds of all of them together; null where no duration is known. */
  seconds: number | null;
}

/**
 * What services publish to queues and take from them, by their producer and consumer spans that name a messaging system: an edge to
 * the queue, and one from it. Counted in TraceQL, as any Tempo with metrics of spans does. `cut` where it told not all.
 *
 * A consumer may have a span for the receiving of a message and one for its processing: then the latter are its messages.
 */
export async function readQueueEdges(
  tempo: Pick<TempoClient, 'aggregate'>,
  { window, of }: Asked,
  signal?: AbortSignal,
): Promise<{ edges: ServiceEdge[]; cut?: string }> {
  const own = of === undefined ? '' : ` && resource.service.name = ${JSON.stringify(of)}`;
  const spans = `{ (kind = producer || kind = consumer) && span.messaging.system != nil${own} }`;
  const receiving = `{ kind = consumer && span.messaging.system != nil && (${operations.map((name) => `${name} = "receive"`).join(' || ')})${own} }`;
  const ask = (which: string, stage: string, by: readonly string[]) =>
    tempo.aggregate(`${which} | ${stage} by (${by.join(', ')}) with (exemplars=false)`, window, signal);
  const count = (which: string) => ask(which, 'count_over_time()', [...fields, 'status']);
  const mean = (which: string) => ask(which, 'avg_over_time(duration)', fields);
  const [counted, durations, received] = await Promise.all([count(spans), mean(spans), count(receiving)]);
  const all = sumMessages(counted.series, durations.series);
  const before = sumMessages(received.series, []);
  const twice = [...before].filter(([key, { count }]) => count < (all.get(key)?.count ?? 0));
  const waited = twice.length === 0 ? undefined : await mean(receiving);
  for (const [key, part] of sumMessages(received.series, waited?.series ?? []))
    if (twice.some(([other]) => other === key)) all.set(key, without(all.get(key)!, part));
  const cut = counted.cut ?? durations.cut ?? received.cut ?? waited?.cut;
  return { edges: foldDestinations([...all.values()]).map(edgeOf), ...(cut !== undefined && { cut }) };
}

type Sums = Awaited<ReturnType<TempoClient['aggregate']>>['series'];

/** Messages by service, kind, system and destination, from their counts by status and their mean durations in seconds. */
function sumMessages(counts: Sums, durations: Sums): Map<string, Messages> {
  const means = new Map(durations.map(({ labels, value }) => [keyOf(labels), value]));
  const messages = new Map<string, Messages>();
  for (const { labels, value: count } of counts) {
    const [service = '', kind, system = '', destination = ''] = valuesOf(labels);
    if (count <= 0 || system === '' || namesWithoutProbes([service]).length === 0) continue;
    const key = keyOf(labels);
    const known = messages.get(key);
    const isFailed = labels.some((label) => label.key === 'status' && label.value === 'error');
    const mean = means.get(key);
    const all = (known?.count ?? 0) + count;
    messages.set(key, {
      ...{ service, system, destination, publishes: kind === 'producer' },
      count: all,
      failed: (known?.failed ?? 0) + (isFailed ? count : 0),
      seconds: mean === undefined ? null : mean * all,
    });
  }
  return messages;
}

function without(all: Messages, part: Messages): Messages {
  return {
    ...all,
    count: all.count - part.count,
    failed: Math.max(0, all.failed - part.failed),
    seconds: all.seconds === null || part.seconds === null ? null : Math.max(0, all.seconds - part.seconds),
  };
}

/** Of a system with very many destinations those with the most messages by themselves, and the others as one. */
function foldDestinations(messages: readonly Messages[]): Messages[] {
  const counts = new Map<string, Map<string, number>>();
  for (const { system, destination, count } of messages) {
    const ofSystem = counts.get(system) ?? new Map<string, number>();
    counts.set(system, ofSystem.set(destination, (ofSystem.get(destination) ?? 0) + count));
  }
  const others = new Map<string, { kept: ReadonlySet<string>; name: string }>();
  for (const [system, ofSystem] of counts) {
    const kept = [...ofSystem].sort((a, b) => b[1] - a[1]).slice(0, mostDestinations);
    const name = `${ofSystem.size - kept.length} other destinations`;
    others.set(system, { kept: new Set(kept.map(([destination]) => destination)), name });
  }
  const folded = new Map<string, Messages>();
  for (const each of messages) {
    const { kept, name } = others.get(each.system)!;
    const destination = kept.has(each.destination) ? each.destination : name;
    const key = JSON.stringify([each.service, each.publishes, each.system, destination]);
    const known = folded.get(key);
    folded.set(key, {
      ...{ ...each, destination },
      count: each.count + (known?.count ?? 0),
      failed: each.failed + (known?.failed ?? 0),
      seconds: known ? sumOf(each.seconds, known.seconds) : each.seconds,
    });
  }
  return [...folded.values()];
}

function edgeOf({ service, publishes, system, destination, count, failed, seconds }: Messages): ServiceEdge {
  const queue = destination || system;
  return {
    ...(publishes ? { client: service, server: queue } : { client: queue, server: service }),
    ...{ kind: publishes ? 'publish' : 'consume', system },
    ...{ requests: count, failed, meanNs: seconds === null ? null : (seconds / count) * 1e9 },
  };
}

function sumOf(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : a + b;
}

function keyOf(labels: readonly Attribute[]): string {
  return JSON.stringify(valuesOf(labels));
}

/** Empty where a span has none, which Tempo writes as the word. */
function valuesOf(labels: readonly Attribute[]): string[] {
  return fields.map((field) => {
    const value = labels.find(({ key }) => key === field)?.value ?? '';
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return isNil(text) ? '' : text.slice(0, mostCharacters);
  });
}
