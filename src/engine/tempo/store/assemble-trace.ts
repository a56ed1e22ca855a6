import type { LoadedSpan, LoadedTrace } from './loaded-trace';

/** Builds the trace of its rows; a span id that was stored twice counts once (the first stored). */
export function assembleTrace(hi: bigint, lo: bigint, rows: readonly LoadedSpan[]): LoadedTrace {
  const bySpanId = new Map<bigint, LoadedSpan>();
  for (const row of [...rows].sort((a, b) => compare(a.seq, b.seq))) {
    if (!bySpanId.has(row.spanId)) bySpanId.set(row.spanId, row);
  }
  const spans = [...bySpanId.values()].sort((a, b) => compare(a.startNs, b.startNs) || compare(a.seq, b.seq));
  const childCounts = new Map<bigint, number>();
  let end = 0n;
  for (const span of spans) {
    if (span.parentId !== 0n) childCounts.set(span.parentId, (childCounts.get(span.parentId) ?? 0) + 1);
    const spanEnd = span.startNs + BigInt(span.durationNs);
    if (spanEnd > end) end = spanEnd;
  }
  const startNs = spans[0]?.startNs ?? 0n;
  const root = spans.find((span) => span.parentId === 0n);
  return { hi, lo, spans, bySpanId, childCounts, root, startNs, durationNs: Number(end - startNs) };
}

export function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
