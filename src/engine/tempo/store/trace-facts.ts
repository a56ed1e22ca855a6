import type { Attribute, Span } from '../../../shared/contract/telemetry';
import type { SpanFacts, TraceFacts } from '../../../shared/shapes/span-facts';
import type { StoredAttribute } from '../../store/reader/reader';
import { DURATION_UNKNOWN, START_UNKNOWN, UNFINISHED } from '../../store/reader/span-times';
import { type LoadedSpan, type LoadedTrace, serviceOf } from './loaded-trace';
import { formatSpanId, formatTraceId } from './trace-id';

export const SPAN_KINDS: readonly Span['kind'][] = [
  'unspecified',
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
];
const CODES: readonly Span['status']['code'][] = ['unset', 'ok', 'error'];
const [INT, DOUBLE, ARRAY, MAP] = [3, 4, 5, 6];

/** A trace as the rules read it: the spans of these resources. `foreign` is told the ids of the others. */
export function traceFactsOf(
  trace: LoadedTrace,
  resources: ReadonlySet<number> | null,
  foreign: (spanId: string) => void,
): TraceFacts {
  const spans: SpanFacts[] = [];
  const seen = new Map<string, number>();
  for (const span of trace.spans) {
    const id = formatSpanId(span.spanId);
    if (resources && !resources.has(span.resource?.id ?? 0)) {
      foreign(id);
      continue;
    }
    // Several spans may share an id.
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    spans.push(spanFactsOf(span, count === 1 ? id : `${id}#${count}`));
  }
  return { traceId: formatTraceId(trace), spans };
}

function spanFactsOf(span: LoadedSpan, spanId: string): SpanFacts {
  const timing = timingOf(span);
  return {
    spanId,
    parentSpanId: span.parentId === 0n ? '' : formatSpanId(span.parentId),
    name: span.name,
    service: serviceOf(span),
    kind: SPAN_KINDS[span.kind] ?? 'unspecified',
    status: { code: CODES[span.status] ?? 'unset', message: span.statusMessage },
    startNs: String(span.startNs),
    durationNs: span.durationNs,
    ...(timing && { timing }),
    attributes: span.attributes.map(attributeOf),
    events: span.events.map(({ timeNs, name, attributes }) => ({
      timeNs: String(timeNs),
      name,
      attributes: attributes.map(attributeOf),
    })),
    links: span.links,
  };
}

export function attributeOf({ key, kind, text, number }: StoredAttribute): Attribute {
  if (kind === INT) return { key, value: Number.isSafeInteger(number) ? number : text };
  if (kind === DOUBLE) return { key, value: Number.isFinite(number) ? number : text };
  if (kind === ARRAY || kind === MAP) return { key, value: parsed(text) };
  if (kind === 2) return { key, value: text === 'true' };
  return { key, value: kind === 0 ? null : text };
}

/** The store's own JSON; what was cut may be none. */
function parsed(text: string): Attribute['value'] {
  try {
    return JSON.parse(text) as Attribute['value'];
  } catch {
    return text;
  }
}

/** As the contract tells why a span's times are not its own. */
function timingOf({ times, sentStartNs, sentEndNs }: LoadedSpan): Span['timing'] {
  if (times === 0) return undefined;
  if (sentStartNs === 0n) return sentEndNs === 0n ? 'noTimes' : 'noStart';
  if ((times & START_UNKNOWN) !== 0) return 'farOff';
  if ((times & UNFINISHED) !== 0) return 'unfinished';
  if ((times & DURATION_UNKNOWN) !== 0) return sentEndNs < sentStartNs ? 'endsBeforeStart' : 'farOff';
  return undefined;
}
