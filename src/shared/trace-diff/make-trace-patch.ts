import { compareTexts } from '../compare-texts';
import { groupBy } from '../group-by';
import type { PlacedSpan, PlacedTrace } from './place-spans';
import type { FieldChange, SpanChange, TracePatch } from './trace-diff-shapes';

/** Amounts are compared with a tolerance of 5 %, durations with one of 20 % and a millisecond. */
const amounts =
  /^(?:http\.(?:request|response)(?:\.body)?\.size|http\.(?:request|response)_content_length(?:_uncompressed)?|messaging\.message\.(?:body|envelope)\.size|(?:rpc\.)?message\.(?:un)?compressed_size|file\.size|gen_ai\.usage\..+_tokens|gen_ai\.response\.time_to_first_chunk|app\.jank\.period)$/;

/** Every difference between two traces, in the shape of Tempo's `trace-patch-v0`. */
export function makeTracePatch(base: PlacedTrace, compare: PlacedTrace): TracePatch {
  const partners = match(base, compare);
  const matched = new Set(partners.values());
  const modified = compare.spans.flatMap((span) => {
    const partner = partners.get(span);
    const changes = partner ? [...fieldChanges(partner, span), ...attributeChanges(partner, span)] : [];
    const { path, service, name, kind } = span.snapshot;
    return changes.length > 0 ? [{ span: { path, service, name, kind }, changes }] : [];
  });
  const added = compare.spans.filter((span) => !partners.has(span)).map(addition);
  const removed = base.spans
    .filter((span) => !matched.has(span))
    .map(({ snapshot }): SpanChange => ({ target: { type: 'span', path: snapshot.path }, span: snapshot }));
  const count = (type: string) =>
    modified.reduce((sum, { changes }) => sum + changes.filter(({ target }) => target.type === type).length, 0);
  const warnings = [...base.warnings, ...compare.warnings];
  return {
    version: 'trace-patch-v0',
    base: { traceId: base.traceId, spanCount: base.spans.length },
    compare: { traceId: compare.traceId, spanCount: compare.spans.length },
    stats: {
      spanCountA: base.spans.length,
      spanCountB: compare.spans.length,
      matchedSpans: matched.size,
      modifiedSpans: modified.length,
      addedSpans: added.length,
      removedSpans: removed.length,
      fieldChanges: count('field'),
      attributeChanges: count('attribute'),
      eventChanges: 0,
      truncated: false,
    },
    ...{ modified, added, removed },
    warnings: warnings.filter(
      ({ code }, index) =>
        code !== 'high_cardinality_span_name' || warnings.findIndex((one) => one.code === code) === index,
    ),
  };
}

/** Of the spans with the same service, name and kind the first that is free, one with the same parent before others. */
function match(base: PlacedTrace, compare: PlacedTrace): Map<PlacedSpan, PlacedSpan> {
  const free = new Map(
    [...groupBy(base.spans, ({ identity }) => identity)].map(([identity, spans]) => [identity, new Set(spans)]),
  );
  const partners = new Map<PlacedSpan, PlacedSpan>();
  for (const span of compare.spans) {
    const candidates = free.get(span.identity);
    if (!candidates || candidates.size === 0) continue;
    const partner = firstLike(candidates, span);
    candidates.delete(partner);
    partners.set(span, partner);
  }
  return partners;
}

function firstLike(candidates: ReadonlySet<PlacedSpan>, { parentIdentity }: PlacedSpan): PlacedSpan {
  let first: PlacedSpan | undefined;
  for (const candidate of candidates) {
    first ??= candidate;
    if (parentIdentity === undefined) break;
    if (candidate.parentIdentity === parentIdentity) return candidate;
  }
  return first!;
}

function fieldChanges(base: PlacedSpan, compare: PlacedSpan): FieldChange[] {
  const [before, after] = [durationOf(base), durationOf(compare)];
  const [was, is] = [base.snapshot.status, compare.snapshot.status];
  const longer = before === null || after === null ? before !== after : !isClose(before, after, 0.2, 1e6);
  const change = (name: 'duration_nanos' | 'status', from: unknown, to: unknown): FieldChange => ({
    op: 'modify',
    target: { type: 'field', name },
    before: from,
    after: to,
  });
  return [
    ...(longer ? [change('duration_nanos', before, after)] : []),
    ...(was === is ? [] : [change('status', was, is)]),
  ];
}

function attributeChanges(base: PlacedSpan, compare: PlacedSpan): FieldChange[] {
  const keys = [...new Set([...base.attributes.keys(), ...compare.attributes.keys()])].sort(compareTexts);
  return keys.flatMap((key): FieldChange[] => {
    const target = { type: 'attribute', scope: 'span', key } as const;
    const [before, after] = [base.attributes.get(key), compare.attributes.get(key)];
    if (before === undefined) return [{ op: 'add', target, before: null, after }];
    if (after === undefined) return [{ op: 'remove', target, before, after: null }];
    if (amounts.test(key) && typeof before === 'number' && typeof after === 'number' && isClose(before, after, 0.05, 0))
      return [];
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ op: 'modify', target, before, after }];
  });
}

function durationOf({ timed, snapshot }: PlacedSpan): number | null {
  return timed ? snapshot.duration_nanos : null;
}

function isClose(a: number, b: number, share: number, least: number): boolean {
  return Math.abs(a - b) <= least + share * Math.max(Math.abs(a), Math.abs(b));
}

function addition({ snapshot }: PlacedSpan): SpanChange {
  const { path } = snapshot;
  const parentPath = path.slice(0, -1);
  return {
    target: { type: 'span', ...(parentPath.length > 0 ? { parentPath } : {}), index: path.at(-1) ?? 0 },
    span: snapshot,
  };
}
