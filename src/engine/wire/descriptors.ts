import type { Signal } from './signal';

/** AnyValues within one another; the limit of the SDKs is 64. */
export const MAX_VALUE_DEPTH = 100;

/** `id`: bytes, in JSON as hex. `enum`: int32, in JSON as an integer. */
export type ScalarType =
  | 'string'
  | 'bytes'
  | 'id'
  | 'bool'
  | 'enum'
  | 'uint32'
  | 'int32'
  | 'sint32'
  | 'int64'
  | 'uint64'
  | 'fixed32'
  | 'fixed64'
  | 'sfixed64'
  | 'double';

export interface Field {
  readonly number: number;
  /** The lowerCamelCase key of OTLP JSON. */
  readonly name: string;
  readonly type: ScalarType | Message;
  readonly repeated: boolean;
}

/** What a message counts as: a span, a log record or a data point is the unit of acceptance and rejection. */
type ItemKind = 'span' | 'log' | 'point';

export interface Message {
  readonly name: string;
  readonly item?: ItemKind;
  /** In order of their numbers. */
  readonly fields: readonly Field[];
}

type Declared = Record<string, [number, ScalarType | Message] | [number, ScalarType | Message, 'repeated']>;

function message(name: string, declared: Declared, item?: ItemKind): Message {
  const made: { name: string; item?: ItemKind; fields: Field[] } = { name, fields: [] };
  if (item) made.item = item;
  addFields(made, declared);
  return made;
}

function addFields(target: { fields: Field[] }, declared: Declared): void {
  for (const [name, [number, type, repeated]] of Object.entries(declared)) {
    target.fields.push({ number, name, type, repeated: repeated !== undefined });
  }
  target.fields.sort((a, b) => a.number - b.number);
}

const anyValueFields: Field[] = [];
/** The only recursive message: through arrayValue and kvlistValue. */
export const AnyValue: Message = { name: 'AnyValue', fields: anyValueFields };
export const KeyValue = message('KeyValue', { key: [1, 'string'], value: [2, AnyValue] });
const ArrayValue = message('ArrayValue', { values: [1, AnyValue, 'repeated'] });
const KeyValueList = message('KeyValueList', { values: [1, KeyValue, 'repeated'] });
addFields(
  { fields: anyValueFields },
  {
    stringValue: [1, 'string'],
    boolValue: [2, 'bool'],
    intValue: [3, 'int64'],
    doubleValue: [4, 'double'],
    arrayValue: [5, ArrayValue],
    kvlistValue: [6, KeyValueList],
    bytesValue: [7, 'bytes'],
  },
);

const EntityRef = message('EntityRef', {
  schemaUrl: [1, 'string'],
  type: [2, 'string'],
  idKeys: [3, 'string', 'repeated'],
  descriptionKeys: [4, 'string', 'repeated'],
});
const Resource = message('Resource', {
  attributes: [1, KeyValue, 'repeated'],
  droppedAttributesCount: [2, 'uint32'],
  entityRefs: [3, EntityRef, 'repeated'],
});
const Scope = message('InstrumentationScope', {
  name: [1, 'string'],
  version: [2, 'string'],
  attributes: [3, KeyValue, 'repeated'],
  droppedAttributesCount: [4, 'uint32'],
});

const SpanEvent = message('Span.Event', {
  timeUnixNano: [1, 'fixed64'],
  name: [2, 'string'],
  attributes: [3, KeyValue, 'repeated'],
  droppedAttributesCount: [4, 'uint32'],
});
const SpanLink = message('Span.Link', {
  traceId: [1, 'id'],
  spanId: [2, 'id'],
  traceState: [3, 'string'],
  attributes: [4, KeyValue, 'repeated'],
  droppedAttributesCount: [5, 'uint32'],
  flags: [6, 'fixed32'],
});
const SpanStatus = message('Status', { message: [2, 'string'], code: [3, 'enum'] });
const Span = message(
  'Span',
  {
    traceId: [1, 'id'],
    spanId: [2, 'id'],
    traceState: [3, 'string'],
    parentSpanId: [4, 'id'],
    name: [5, 'string'],
    kind: [6, 'enum'],
    startTimeUnixNano: [7, 'fixed64'],
    endTimeUnixNano: [8, 'fixed64'],
    attributes: [9, KeyValue, 'repeated'],
    droppedAttributesCount: [10, 'uint32'],
    events: [11, SpanEvent, 'repeated'],
    droppedEventsCount: [12, 'uint32'],
    links: [13, SpanLink, 'repeated'],
    droppedLinksCount: [14, 'uint32'],
    status: [15, SpanStatus],
    flags: [16, 'fixed32'],
  },
  'span',
);

const LogRecord = message(
  'LogRecord',
  {
    timeUnixNano: [1, 'fixed64'],
    severityNumber: [2, 'enum'],
    severityText: [3, 'string'],
    body: [5, AnyValue],
    attributes: [6, KeyValue, 'repeated'],
    droppedAttributesCount: [7, 'uint32'],
    flags: [8, 'fixed32'],
    traceId: [9, 'id'],
    spanId: [10, 'id'],
    observedTimeUnixNano: [11, 'fixed64'],
    eventName: [12, 'string'],
  },
  'log',
);

const Exemplar = message('Exemplar', {
  timeUnixNano: [2, 'fixed64'],
  asDouble: [3, 'double'],
  spanId: [4, 'id'],
  traceId: [5, 'id'],
  asInt: [6, 'sfixed64'],
  filteredAttributes: [7, KeyValue, 'repeated'],
});
const NumberDataPoint = message(
  'NumberDataPoint',
  {
    startTimeUnixNano: [2, 'fixed64'],
    timeUnixNano: [3, 'fixed64'],
    asDouble: [4, 'double'],
    exemplars: [5, Exemplar, 'repeated'],
    asInt: [6, 'sfixed64'],
    attributes: [7, KeyValue, 'repeated'],
    flags: [8, 'uint32'],
  },
  'point',
);
const HistogramDataPoint = message(
  'HistogramDataPoint',
  {
    startTimeUnixNano: [2, 'fixed64'],
    timeUnixNano: [3, 'fixed64'],
    count: [4, 'fixed64'],
    sum: [5, 'double'],
    bucketCounts: [6, 'fixed64', 'repeated'],
    explicitBounds: [7, 'double', 'repeated'],
    exemplars: [8, Exemplar, 'repeated'],
    attributes: [9, KeyValue, 'repeated'],
    flags: [10, 'uint32'],
    min: [11, 'double'],
    max: [12, 'double'],
  },
  'point',
);
const Buckets = message('Buckets', { offset: [1, 'sint32'], bucketCounts: [2, 'uint64', 'repeated'] });
const ExponentialHistogramDataPoint = message(
  'ExponentialHistogramDataPoint',
  {
    attributes: [1, KeyValue, 'repeated'],
    startTimeUnixNano: [2, 'fixed64'],
    timeUnixNano: [3, 'fixed64'],
    count: [4, 'fixed64'],
    sum: [5, 'double'],
    scale: [6, 'sint32'],
    zeroCount: [7, 'fixed64'],
    positive: [8, Buckets],
    negative: [9, Buckets],
    flags: [10, 'uint32'],
    exemplars: [11, Exemplar, 'repeated'],
    min: [12, 'double'],
    max: [13, 'double'],
    zeroThreshold: [14, 'double'],
  },
  'point',
);
const ValueAtQuantile = message('ValueAtQuantile', { quantile: [1, 'double'], value: [2, 'double'] });
const SummaryDataPoint = message(
  'SummaryDataPoint',
  {
    startTimeUnixNano: [2, 'fixed64'],
    timeUnixNano: [3, 'fixed64'],
    count: [4, 'fixed64'],
    sum: [5, 'double'],
    quantileValues: [6, ValueAtQuantile, 'repeated'],
    attributes: [7, KeyValue, 'repeated'],
    flags: [8, 'uint32'],
  },
  'point',
);
const Metric = message('Metric', {
  name: [1, 'string'],
  description: [2, 'string'],
  unit: [3, 'string'],
  gauge: [5, message('Gauge', { dataPoints: [1, NumberDataPoint, 'repeated'] })],
  sum: [
    7,
    message('Sum', {
      dataPoints: [1, NumberDataPoint, 'repeated'],
      aggregationTemporality: [2, 'enum'],
      isMonotonic: [3, 'bool'],
    }),
  ],
  histogram: [
    9,
    message('Histogram', { dataPoints: [1, HistogramDataPoint, 'repeated'], aggregationTemporality: [2, 'enum'] }),
  ],
  exponentialHistogram: [
    10,
    message('ExponentialHistogram', {
      dataPoints: [1, ExponentialHistogramDataPoint, 'repeated'],
      aggregationTemporality: [2, 'enum'],
    }),
  ],
  summary: [11, message('Summary', { dataPoints: [1, SummaryDataPoint, 'repeated'] })],
  metadata: [12, KeyValue, 'repeated'],
});

function request(name: string, groups: string, items: string, item: Message): Message {
  const perScope = message(`Scope${name}`, {
    scope: [1, Scope],
    [items]: [2, item, 'repeated'],
    schemaUrl: [3, 'string'],
  });
  const perResource = message(`Resource${name}`, {
    resource: [1, Resource],
    [`scope${name}`]: [2, perScope, 'repeated'],
    schemaUrl: [3, 'string'],
  });
  return message(`Export${name}ServiceRequest`, { [groups]: [1, perResource, 'repeated'] });
}

/** The collector's Export…ServiceRequest of each signal. */
export const REQUESTS: Readonly<Record<Signal, Message>> = {
  traces: request('Spans', 'resourceSpans', 'spans', Span),
  logs: request('Logs', 'resourceLogs', 'logRecords', LogRecord),
  metrics: request('Metrics', 'resourceMetrics', 'metrics', Metric),
};
