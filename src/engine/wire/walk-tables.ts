import { AnyValue, type Field, KeyValue, type Message, REQUESTS } from './descriptors';
import type { Signal } from './signal';
import { SPAN_ID_BYTES, TRACE_ID_BYTES } from './valid-ids';
import { WIRE_FIXED32, WIRE_FIXED64, WIRE_LENGTH, WIRE_TYPES, WIRE_VARINT } from './wire-types';

/** What to do with a field; from `INTO_MESSAGE` on: descend into message `action - INTO_MESSAGE`. */
export const REFUSE = 0;
export const SKIP_VARINT = 1;
export const SKIP_FIXED64 = 2;
export const SKIP_FIXED32 = 3;
const SKIP_BYTES = 4;
export const PACKED_VARINTS = 5;
export const PACKED_FIXED64 = 6;
/** One of a repeated number that is not packed. */
export const ONE_VARINT = 7;
export const ONE_FIXED64 = 8;
export const INTO_MESSAGE = 16;

/** Tags (field number × 8 + wire type) of OTLP are below this; larger ones are unknown fields. */
export const TAGS = 256;

/** The messages below a metric that rule whether its points are kept; 0: another message. */
export const ROLE_METRIC = 1;
const ROLE_DATA = 2;
export const ROLE_BUCKETS = 3;
/** From here on: a data point. */
export const ROLE_NUMBER = 4;
export const ROLE_HISTOGRAM = 5;
export const ROLE_EXPONENTIAL = 6;
export const ROLE_SUMMARY = 7;

const ROLES: Readonly<Record<string, number>> = {
  Metric: ROLE_METRIC,
  Gauge: ROLE_DATA,
  Sum: ROLE_DATA,
  Histogram: ROLE_DATA,
  ExponentialHistogram: ROLE_DATA,
  Summary: ROLE_DATA,
  Buckets: ROLE_BUCKETS,
  NumberDataPoint: ROLE_NUMBER,
  HistogramDataPoint: ROLE_HISTOGRAM,
  ExponentialHistogramDataPoint: ROLE_EXPONENTIAL,
  SummaryDataPoint: ROLE_SUMMARY,
};

/** The fields of these messages that have to be looked at; 0: none. */
export const NOTE_NAME = 1;
export const NOTE_DATA = 2;
export const NOTE_TEMPORALITY = 3;
export const NOTE_DOUBLE = 4;
export const NOTE_INTEGER = 5;
export const NOTE_FLAGS = 6;
export const NOTE_COUNTS = 7;
export const NOTE_BOUNDS = 8;
export const NOTE_SCALE = 9;
export const NOTE_BUCKETS = 10;
export const NOTE_SIDE = 11;
/** In an entry of the tables, above its action. */
export const NOTE_SHIFT = 8;
export const ACTION_MASK = 255;

const NOTES: Readonly<Record<number, Readonly<Record<string, number>>>> = {
  [ROLE_METRIC]: {
    name: NOTE_NAME,
    gauge: NOTE_DATA,
    sum: NOTE_DATA,
    histogram: NOTE_DATA,
    exponentialHistogram: NOTE_DATA,
    summary: NOTE_DATA,
  },
  [ROLE_DATA]: { aggregationTemporality: NOTE_TEMPORALITY },
  [ROLE_BUCKETS]: { bucketCounts: NOTE_BUCKETS },
  [ROLE_NUMBER]: { flags: NOTE_FLAGS, asDouble: NOTE_DOUBLE, asInt: NOTE_INTEGER },
  [ROLE_HISTOGRAM]: { flags: NOTE_FLAGS, sum: NOTE_DOUBLE, bucketCounts: NOTE_COUNTS, explicitBounds: NOTE_BOUNDS },
  [ROLE_EXPONENTIAL]: {
    flags: NOTE_FLAGS,
    sum: NOTE_DOUBLE,
    scale: NOTE_SCALE,
    positive: NOTE_SIDE,
    negative: NOTE_SIDE,
  },
};

interface WalkTables {
  /** By `message * TAGS + tag`: one of the actions above. */
  readonly actions: Uint8Array;
  /** The same with one of the notes above, shifted by `NOTE_SHIFT`. */
  readonly notedActions: Uint16Array;
  /** By `message * TAGS + tag`: 1 where the field holds one message, whose pieces count together. */
  readonly singles: Uint8Array;
  /** By `message * TAGS + tag`: how many bytes an id has without which its message is kept; 0: no such field. */
  readonly references: Uint8Array;
  /** By message: one of the roles above. */
  readonly roles: Uint8Array;
  /** By message: 1 where it is an item. */
  readonly isItem: Uint8Array;
  readonly anyValue: number;
  readonly keyValue: number;
  readonly span: number;
  readonly metric: number;
  readonly resource: number;
  readonly requests: Readonly<Record<Signal, number>>;
}

/** The descriptors as arrays of small integers, for a walk that allocates nothing. */
export const TABLES: WalkTables = compile();

function compile(): WalkTables {
  const messages: Message[] = [];
  for (const request of Object.values(REQUESTS)) collect(request, messages);
  const actions = new Uint8Array(messages.length * TAGS);
  const notedActions = new Uint16Array(messages.length * TAGS);
  const singles = new Uint8Array(messages.length * TAGS);
  const references = new Uint8Array(messages.length * TAGS);
  const roles = new Uint8Array(messages.length);
  const isItem = new Uint8Array(messages.length);
  messages.forEach((message, index) => {
    isItem[index] = message.item ? 1 : 0;
    roles[index] = ROLES[message.name] ?? 0;
    for (let tag = 8; tag < TAGS; tag++) {
      const field = message.fields.find((each) => each.number === tag >> 3);
      const action = field ? knownAction(field, tag & 7, messages) : unknownAction(tag & 7);
      if (field && !field.repeated && typeof field.type !== 'string') singles[index * TAGS + tag] = 1;
      if (field?.type === 'id') references[index * TAGS + tag] = referenceBytes(message, field);
      const note = (field && NOTES[roles[index]!]?.[field.name]) ?? 0;
      actions[index * TAGS + tag] = action;
      notedActions[index * TAGS + tag] = action | (note << NOTE_SHIFT);
    }
  });
  return {
    actions,
    notedActions,
    singles,
    references,
    roles,
    isItem,
    anyValue: messages.indexOf(AnyValue),
    keyValue: messages.indexOf(KeyValue),
    span: indexOf('Span', messages),
    metric: indexOf('Metric', messages),
    resource: indexOf('Resource', messages),
    requests: {
      traces: messages.indexOf(REQUESTS.traces),
      logs: messages.indexOf(REQUESTS.logs),
      metrics: messages.indexOf(REQUESTS.metrics),
    },
  };
}

/** A span without its own ids is refused. */
function referenceBytes(message: Message, { name }: Field): number {
  if (message.name === 'Span' && name !== 'parentSpanId') return 0;
  return name === 'traceId' ? TRACE_ID_BYTES : SPAN_ID_BYTES;
}

function indexOf(name: string, messages: readonly Message[]): number {
  return messages.findIndex((message) => message.name === name);
}

function collect(message: Message, into: Message[]): void {
  if (into.includes(message)) return;
  into.push(message);
  for (const field of message.fields) if (typeof field.type !== 'string') collect(field.type, into);
}

function knownAction(field: Field, wire: number, messages: readonly Message[]): number {
  if (typeof field.type !== 'string') {
    return wire === WIRE_LENGTH ? INTO_MESSAGE + messages.indexOf(field.type) : REFUSE;
  }
  const own = WIRE_TYPES[field.type];
  if (field.repeated && wire === own && wire !== WIRE_LENGTH) return wire === WIRE_VARINT ? ONE_VARINT : ONE_FIXED64;
  if (wire === own) return unknownAction(wire);
  if (!field.repeated || wire !== WIRE_LENGTH) return REFUSE;
  return own === WIRE_VARINT ? PACKED_VARINTS : PACKED_FIXED64;
}

/** Groups (wire types 3 and 4) are not in proto3. */
export function unknownAction(wire: number): number {
  if (wire === WIRE_VARINT) return SKIP_VARINT;
  if (wire === WIRE_FIXED64) return SKIP_FIXED64;
  if (wire === WIRE_LENGTH) return SKIP_BYTES;
  return wire === WIRE_FIXED32 ? SKIP_FIXED32 : REFUSE;
}
