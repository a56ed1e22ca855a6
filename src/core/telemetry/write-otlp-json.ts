import { hexId } from './hex-id';

/** As Tempo writes it; what is not named here is handed on as it came. */
export interface TempoResourceSpans {
  scopeSpans?: { spans?: TempoSpan[] }[];
}

interface TempoSpan {
  traceId?: string;
  spanId?: string;
  parentSpanId?: string;
  kind?: string | number;
  status?: { code?: string | number };
  links?: { traceId?: string; spanId?: string }[];
}

const mostCharacters = 64 * 1024 * 1024;
const kinds = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const codes = ['UNSET', 'OK', 'ERROR'];

/**
 * Tempo's JSON of a trace as the standard has it: ids in hex instead of base64, enums by number instead of by name. 64-bit numbers
 * are text in both and keep their digits. Null where there is no span; `too large` beyond 64 Mi characters.
 */
export function writeOtlpJson(batches: readonly TempoResourceSpans[]): string | 'too large' | null {
  if (!batches.some(({ scopeSpans = [] }) => scopeSpans.some(({ spans = [] }) => spans.length > 0))) return null;
  const resourceSpans = batches.map((batch) => ({
    ...batch,
    scopeSpans: batch.scopeSpans?.map((scoped) => ({ ...scoped, spans: scoped.spans?.map(standardSpan) })),
  }));
  const text = `${JSON.stringify({ resourceSpans })}\n`;
  return text.length > mostCharacters ? 'too large' : text;
}

function standardSpan(span: TempoSpan): TempoSpan {
  return {
    ...span,
    ...withHexIds(span),
    ...(span.parentSpanId ? { parentSpanId: hexId(span.parentSpanId) } : {}),
    ...(span.kind === undefined ? {} : { kind: numberOf(span.kind, 'SPAN_KIND_', kinds) }),
    ...(span.status?.code === undefined
      ? {}
      : { status: { ...span.status, code: numberOf(span.status.code, 'STATUS_CODE_', codes) } }),
    ...(span.links ? { links: span.links.map((link) => ({ ...link, ...withHexIds(link) })) } : {}),
  };
}

function withHexIds({ traceId, spanId }: { traceId?: string; spanId?: string }) {
  return { ...(traceId ? { traceId: hexId(traceId) } : {}), ...(spanId ? { spanId: hexId(spanId) } : {}) };
}

function numberOf(value: string | number, prefix: string, names: readonly string[]): number {
  return typeof value === 'number' ? value : Math.max(0, names.indexOf(value.slice(prefix.length)));
}
