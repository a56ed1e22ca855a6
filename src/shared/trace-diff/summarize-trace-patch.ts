import { compareTexts } from '../compare-texts';
import { groupBy } from '../group-by';
import type { PlacedSpan, PlacedTrace } from './place-spans';
import type { ServiceRollup, TraceDiffSummary, TracePatch, TraceSide } from './trace-diff-shapes';

/** The durations of a service's spans together drifted: by a millisecond at least, and by 5 %. */
const leastDriftNs = 1e6;
const leastDriftShare = 0.05;

/** What differs in few words, in the shape of Tempo's `trace-summary-v0-native`. */
export function summarizeTracePatch(patch: TracePatch, base: PlacedTrace, compare: PlacedTrace): TraceDiffSummary {
  const [was, is] = [totals(base), totals(compare)];
  const { stats } = patch;
  const restructured = structureChanges(base, compare);
  const errors = is.side.errorSpanCount - was.side.errorSpanCount;
  const latency = millis(is.envelope - was.envelope);
  const sum = millis(is.sum - was.sum);
  const spans = stats.spanCountB - stats.spanCountA;
  const changed = stats.addedSpans > 0 || stats.removedSpans > 0 || restructured.size > 0;
  const ratio = (of: number) => (of === 0 ? Number(stats.spanCountA === stats.spanCountB) : stats.matchedSpans / of);
  const rollups = rollUp(patch, base, compare);
  return {
    version: 'trace-summary-v0-native',
    base: was.side,
    compare: is.side,
    signals: {
      traceLatency: signal(latency),
      sumSpanDuration: signal(sum),
      errors: signal(errors),
      spanCount: signal(spans),
      structure: changed ? 'changed' : 'unchanged',
    },
    trust: {
      matchedSpanRatio: ratio(Math.max(stats.spanCountA, stats.spanCountB)),
      structureOverlap: ratio(Math.min(stats.spanCountA, stats.spanCountB)),
    },
    stats: {
      traceLatencyDeltaMs: latency,
      sumSpanDurationDeltaMs: sum,
      spanCountDelta: spans,
      errorSpanDelta: errors,
      matchedSpans: stats.matchedSpans,
      modifiedSpans: stats.modifiedSpans,
      addedSpans: stats.addedSpans,
      removedSpans: stats.removedSpans,
      fieldChanges: stats.fieldChanges,
      attributeChanges: stats.attributeChanges,
    },
    ...(patch.warnings.length > 0 ? { warnings: patch.warnings } : {}),
    changedServices: [...new Set([...restructured, ...rollups.map(({ name }) => name)])].sort(compareTexts),
    services: rollups,
  };
}

function totals({ traceId, spans }: PlacedTrace): { side: TraceSide; envelope: number; sum: number } {
  const timed = spans.filter((span) => span.timed);
  const first = timed.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY);
  const last = timed.reduce((most, { end }) => Math.max(most, end), Number.NEGATIVE_INFINITY);
  const envelope = timed.length === 0 ? 0 : last - first;
  const sum = spans.reduce((total, { snapshot }) => total + snapshot.duration_nanos, 0);
  const [root] = spans;
  const side = {
    traceId,
    ...(root ? { rootService: root.snapshot.service, rootName: root.snapshot.name } : {}),
    spanCount: spans.length,
    errorSpanCount: spans.filter(isError).length,
    durationMs: millis(envelope),
    sumSpanDurationMs: millis(sum),
  };
  return { side, envelope, sum };
}

/** Services whose spans, each with its parent, are not the same as often in both. */
function structureChanges(base: PlacedTrace, compare: PlacedTrace): Set<string> {
  const difference = new Map<string, { service: string; more: number }>();
  for (const [trace, step] of [
    [base, -1],
    [compare, 1],
  ] as const)
    for (const { snapshot, identity, parentIdentity } of trace.spans) {
      const key = `${identity}\u0001${parentIdentity ?? ''}`;
      const row = difference.get(key) ?? { service: nameOf(snapshot.service), more: 0 };
      difference.set(key, row);
      row.more += step;
    }
  return new Set([...difference.values()].flatMap(({ service, more }) => (more === 0 ? [] : [service])));
}

function rollUp(patch: TracePatch, base: PlacedTrace, compare: PlacedTrace): ServiceRollup[] {
  const [was, is] = [sums(base), sums(compare)];
  const counts = new Map<string, Omit<ServiceRollup, 'name' | 'sumSpanDurationDeltaMs'>>();
  const none = { modified: 0, added: 0, removed: 0, newErrors: 0, resolvedErrors: 0 };
  const count = (service: string, key: keyof typeof none) => {
    const row = counts.get(nameOf(service)) ?? none;
    counts.set(nameOf(service), { ...row, [key]: row[key] + 1 });
  };
  for (const { span, changes } of patch.modified) {
    count(span.service, 'modified');
    for (const { target, before, after } of changes) {
      if (target.type !== 'field' || target.name !== 'status') continue;
      if (after === 'error') count(span.service, 'newErrors');
      else if (before === 'error') count(span.service, 'resolvedErrors');
    }
  }
  for (const [changes, key, error] of [
    [patch.added, 'added', 'newErrors'],
    [patch.removed, 'removed', 'resolvedErrors'],
  ] as const)
    for (const { span } of changes) {
      count(span.service, key);
      if (span.status === 'error') count(span.service, error);
    }
  return [...new Set([...was.keys(), ...is.keys()])]
    .flatMap((name): ServiceRollup[] => {
      const before = was.get(name) ?? 0;
      const drift = (is.get(name) ?? 0) - before;
      const drifted = Math.abs(drift) >= Math.max(leastDriftNs, leastDriftShare * before);
      const row = counts.get(name);
      return drifted || row ? [{ name, sumSpanDurationDeltaMs: millis(drift), ...(row ?? none) }] : [];
    })
    .sort(
      (a, b) =>
        Math.abs(b.sumSpanDurationDeltaMs) - Math.abs(a.sumSpanDurationDeltaMs) ||
        b.newErrors - a.newErrors ||
        compareTexts(a.name, b.name),
    );
}

function sums({ spans }: PlacedTrace): Map<string, number> {
  const groups = groupBy(spans, ({ snapshot }) => nameOf(snapshot.service));
  return new Map(
    [...groups].map(([name, group]) => [name, group.reduce((sum, { snapshot }) => sum + snapshot.duration_nanos, 0)]),
  );
}

function nameOf(service: string): string {
  return service === '' ? '<unknown>' : service;
}

function isError({ snapshot }: PlacedSpan): boolean {
  return snapshot.status === 'error';
}

/** Whole milliseconds, towards 0. */
function millis(nanoseconds: number): number {
  return Math.trunc(nanoseconds / 1e6) || 0;
}

function signal(change: number): 'increased' | 'decreased' | 'unchanged' {
  return change > 0 ? 'increased' : change < 0 ? 'decreased' : 'unchanged';
}
