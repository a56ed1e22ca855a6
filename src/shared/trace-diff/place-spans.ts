import { compareTexts } from '../compare-texts';
import type { Attribute } from '../contract/telemetry';
import type { SpanFacts, TraceFacts } from '../shapes/span-facts';
import { layoutTrace } from '../trace/layout-trace';
import type { DiffWarning, SpanSnapshot } from './trace-diff-shapes';

/** A span with where it stands in its trace; times are nanoseconds after the trace's start. */
export interface PlacedSpan {
  readonly snapshot: SpanSnapshot;
  readonly identity: string;
  /** Undefined for a root. */
  readonly parentIdentity: string | undefined;
  readonly attributes: ReadonlyMap<string, Attribute['value']>;
  /** Both times are its own. */
  readonly timed: boolean;
  readonly start: number;
  readonly end: number;
}

export interface PlacedTrace {
  readonly traceId: string;
  readonly spans: readonly PlacedSpan[];
  readonly warnings: readonly DiffWarning[];
}

/** Long numbers, hex and uuids in a span's name. */
const idInName = /\b(?:\d{6,}|[0-9a-f][0-9a-f-]{7,})\b/i;
const mostExamples = 3;

/** The spans of a trace from the roots down, siblings by start and then by id. */
export function placeSpans(trace: TraceFacts, side: 'base' | 'compare'): PlacedTrace {
  const { nodes } = layoutTrace({ spans: trace.spans.toSorted((a, b) => compareTexts(a.spanId, b.spanId)) });
  const paths: (readonly number[])[] = [];
  const taken = new Map<number, number>();
  const spans = nodes.map(({ span, parent, start, end }, position): PlacedSpan => {
    const index = taken.get(parent) ?? 0;
    taken.set(parent, index + 1);
    paths[position] = [...(parent === -1 ? [] : paths[parent]!), index];
    const timed = span.timing === undefined;
    const { service, name, kind } = span;
    const snapshot = { path: paths[position]!, service, name, kind };
    return {
      snapshot: { ...snapshot, duration_nanos: timed ? span.durationNs : 0, status: span.status.code },
      identity: identityOf(span),
      parentIdentity: parent === -1 ? undefined : identityOf(nodes[parent]!.span),
      attributes: new Map(span.attributes.map(({ key, value }) => [key, value])),
      ...{ timed, start, end },
    };
  });
  return { traceId: trace.traceId, spans, warnings: warningsOf(spans, side) };
}

function identityOf({ service, name, kind }: SpanFacts): string {
  return [service, name, kind].join('\u0000');
}

function warningsOf(spans: readonly PlacedSpan[], side: string): DiffWarning[] {
  const warnings: DiffWarning[] = [];
  const named = spans.find(({ snapshot }) => idInName.test(snapshot.name.slice(0, 1000)))?.snapshot;
  if (named)
    warnings.push({
      code: 'high_cardinality_span_name',
      message: `The name ${JSON.stringify(named.name)} of service ${JSON.stringify(named.service)}, kind ${named.kind}, seems to hold an id. Spans are matched by their names as they are, so the same work may be told as added and removed: put ids into attributes.`,
    });
  const untimed = spans.filter(({ timed }) => !timed);
  if (untimed.length > 0) {
    const names = untimed.map(({ snapshot }) => `${snapshot.service} ${snapshot.name}`).sort(compareTexts);
    const more = names.length > mostExamples ? ` and ${names.length - mostExamples} more` : '';
    warnings.push({
      code: 'invalid_duration',
      message: `The ${side} trace has ${untimed.length} spans whose duration is not known, told as null: ${names.slice(0, mostExamples).join('; ')}${more}`,
    });
  }
  if (spans.length === 0)
    warnings.push({ code: 'zero_span_trace', message: `The ${side} trace has no spans, so that none match.` });
  return warnings;
}
