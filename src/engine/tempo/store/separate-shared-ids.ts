import type { LoadedSpan } from './loaded-trace';

const SERVER = 2;
const CLIENT = 3;
/** A look at one span, in units of `Pace.isDueAfter`. */
const SPAN = 20;

/**
 * Gives a server span that shares the id of its client (as Zipkin's B3 allows) an id of its own below it, as Tempo does
 * in its answers: the children of the shared id are the server's.
 */
export function* separateSharedIds(spans: readonly LoadedSpan[]): Generator<number, LoadedSpan[]> {
  const ids = new Set<bigint>();
  for (const { spanId } of spans) {
    ids.add(spanId);
    yield SPAN;
  }
  if (ids.size === spans.length) return [...spans];
  const clients = new Set(spans.filter(({ kind }) => kind === CLIENT).map(({ spanId }) => spanId));
  const ownIds = new Map<LoadedSpan, bigint>();
  const serverOf = new Map<bigint, bigint>();
  let next = 1n;
  for (const span of spans) {
    yield SPAN;
    if (span.kind !== SERVER || !clients.has(span.spanId)) continue;
    while (ids.has(next)) next++;
    ids.add(next);
    ownIds.set(span, next);
    serverOf.set(span.spanId, next);
  }
  const separate: LoadedSpan[] = [];
  for (const span of spans) {
    yield SPAN;
    const ownId = ownIds.get(span);
    const server = serverOf.get(span.parentId);
    if (ownId !== undefined) separate.push({ ...span, spanId: ownId, parentId: span.spanId });
    else separate.push(server === undefined ? span : { ...span, parentId: server });
  }
  return separate;
}
