import type { Pace } from '../../pace/pace';
import type { LoadedSpan, LoadedTrace } from '../store/loaded-trace';
import { matchesSpan } from '../traceql/evaluate/evaluate-field';
import type { TraceFilterRequest } from './read-trace-filter';

/** A look at one span, in units of `Pace.isDueAfter`. */
const SPAN = 20;

/** The trace with the spans alone that match, and as many of their ancestors and descendants as are asked for. */
export async function filterTrace(
  trace: LoadedTrace,
  { expression, matchDepth, ancestorDepth }: TraceFilterRequest,
  pace: Pace,
): Promise<LoadedTrace> {
  const matching: LoadedSpan[] = [];
  for (const span of trace.spans) {
    if (matchesSpan(expression, trace, span)) matching.push(span);
    if (pace.isDue()) await pace.turn();
  }
  const kept = new Set(matching);
  const parentOf = ({ parentId }: LoadedSpan) => trace.bySpanId.get(parentId);
  await walk(matching, ancestorDepth, (span) => [parentOf(span)].filter((parent) => parent !== undefined), kept, pace);
  if (matchDepth !== 0) {
    const children = await groupByParent(trace.spans, pace);
    await walk(matching, matchDepth, (span) => children.get(span.spanId) ?? [], kept, pace);
  }
  return { ...trace, spans: trace.spans.filter((span) => kept.has(span)) };
}

/** Breadth first, so that each span is reached by its shortest way; circles of parents end. */
async function walk(
  from: readonly LoadedSpan[],
  depth: number,
  next: (span: LoadedSpan) => readonly LoadedSpan[],
  kept: Set<LoadedSpan>,
  pace: Pace,
): Promise<void> {
  const reached = new Set(from);
  let level = from;
  for (let passed = 0; level.length > 0 && passed !== depth; passed++) {
    const further: LoadedSpan[] = [];
    for (const span of level) {
      for (const each of next(span)) {
        if (reached.has(each)) continue;
        reached.add(each);
        kept.add(each);
        further.push(each);
      }
      if (pace.isDue()) await pace.turn();
    }
    level = further;
  }
}

async function groupByParent(spans: readonly LoadedSpan[], pace: Pace): Promise<Map<bigint, LoadedSpan[]>> {
  const groups = new Map<bigint, LoadedSpan[]>();
  for (const span of spans) {
    const group = groups.get(span.parentId);
    if (group) group.push(span);
    else groups.set(span.parentId, [span]);
    if (pace.isDueAfter(SPAN)) await pace.turn();
  }
  return groups;
}
