import { hexId } from '../../telemetry/hex-id';
import { readOtlpAttributes } from '../../telemetry/read-otlp-attributes';
import type { OtlpResourceSpans } from '../../telemetry/read-otlp-trace';
import { type DataFrame, type FrameField, noTypeVersion } from './data-frame';

type Span = NonNullable<NonNullable<OtlpResourceSpans['scopeSpans']>[number]['spans']>[number];
type Attributes = Parameters<typeof readOtlpAttributes>[0];

interface Row {
  traceID: string;
  spanID: string;
  parentSpanID: string;
  operationName: string;
  serviceName: string;
  serviceNamespace: string;
  kind: string;
  statusCode: number;
  statusMessage: string;
  instrumentationLibraryName: string;
  instrumentationLibraryVersion: string;
  traceState: string;
  serviceTags: unknown;
  startTime: number;
  duration: number;
  logs: unknown;
  references: unknown;
  tags: unknown;
}

const columns: Readonly<Record<keyof Row, Pick<FrameField, 'type' | 'frame'>>> = {
  traceID: { type: 'string', frame: 'string' },
  spanID: { type: 'string', frame: 'string' },
  parentSpanID: { type: 'string', frame: 'string' },
  operationName: { type: 'string', frame: 'string' },
  serviceName: { type: 'string', frame: 'string' },
  serviceNamespace: { type: 'string', frame: 'string' },
  kind: { type: 'string', frame: 'string' },
  statusCode: { type: 'number', frame: 'int64' },
  statusMessage: { type: 'string', frame: 'string' },
  instrumentationLibraryName: { type: 'string', frame: 'string' },
  instrumentationLibraryVersion: { type: 'string', frame: 'string' },
  traceState: { type: 'string', frame: 'string' },
  serviceTags: { type: 'other', frame: 'json.RawMessage' },
  startTime: { type: 'number', frame: 'float64' },
  duration: { type: 'number', frame: 'float64' },
  logs: { type: 'other', frame: 'json.RawMessage' },
  references: { type: 'other', frame: 'json.RawMessage' },
  tags: { type: 'other', frame: 'json.RawMessage' },
};

const kinds = ['server', 'client', 'producer', 'consumer', 'internal'];
const codes = ['STATUS_CODE_UNSET', 'STATUS_CODE_OK', 'STATUS_CODE_ERROR'];

/** One row a span, times in milliseconds, as Grafana's trace view reads them. */
export function traceFrame(batches: readonly OtlpResourceSpans[]): DataFrame {
  const rows = batches.flatMap(({ resource, scopeSpans = [] }) => {
    const serviceTags = tagsOf(resource?.attributes) ?? [];
    const textOf = (wanted: string) => {
      const value = serviceTags.find(({ key }) => key === wanted)?.value;
      return typeof value === 'string' ? value : undefined;
    };
    return scopeSpans.flatMap(({ scope, spans = [] }) =>
      spans.map(
        (span): Row => ({
          ...readSpan(span, scope?.attributes),
          serviceName: textOf('service.name') ?? '<missing service name>',
          serviceNamespace: textOf('service.namespace') ?? '',
          instrumentationLibraryName: scope?.name ?? '',
          instrumentationLibraryVersion: scope?.version ?? '',
          serviceTags,
        }),
      ),
    );
  });
  const names = Object.keys(columns) as (keyof Row)[];
  return {
    name: 'Trace',
    meta: { typeVersion: noTypeVersion, preferredVisualisationType: 'trace' },
    fields: names.map((name) => ({ name, ...columns[name], values: rows.map((row) => row[name]) })),
  };
}

/** What a span says itself; its resource and scope say the rest. */
type SpanRow = Omit<
  Row,
  'serviceName' | 'serviceNamespace' | 'instrumentationLibraryName' | 'instrumentationLibraryVersion' | 'serviceTags'
>;

/** Grafana shows the attributes of the scope among those of the span. */
function readSpan(span: Span, scopeAttributes: Attributes = []): SpanRow {
  const start = BigInt(span.startTimeUnixNano ?? '0');
  const end = BigInt(span.endTimeUnixNano ?? '0');
  const code = span.status?.code ?? 0;
  return {
    // Grafana leaves out the zeros of a 64-bit id.
    traceID: hexId(span.traceId).replace(/^0{16}/, ''),
    spanID: hexId(span.spanId),
    parentSpanID: hexId(span.parentSpanId),
    operationName: span.name ?? '',
    kind: kinds.find((kind) => span.kind === `SPAN_KIND_${kind.toUpperCase()}`) ?? '',
    statusCode: typeof code === 'number' ? code : Math.max(0, codes.indexOf(code)),
    statusMessage: span.status?.message ?? '',
    traceState: span.traceState ?? '',
    startTime: milliseconds(start),
    duration: end > start ? milliseconds(end - start) : 0,
    logs:
      span.events?.map(({ timeUnixNano = '0', name, attributes }) => ({
        timestamp: milliseconds(BigInt(timeUnixNano)),
        ...(name && { name }),
        fields: tagsOf(attributes) ?? [],
      })) ?? null,
    references:
      span.links?.map(({ traceId, spanId, attributes }) => ({
        spanID: hexId(spanId),
        traceID: hexId(traceId).replace(/^0+/, ''),
        tags: tagsOf(attributes) ?? [],
      })) ?? null,
    tags: tagsOf([...(span.attributes ?? []), ...scopeAttributes]),
  };
}

/** Lists and maps are text there; null for none at all. */
function tagsOf(attributes: Attributes): { key: string; value: unknown }[] | null {
  if (!attributes || attributes.length === 0) return null;
  return readOtlpAttributes(attributes).map(({ key, value }) => ({
    key,
    value: typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
  }));
}

function milliseconds(nanos: bigint): number {
  return Number(nanos) / 1e6;
}
