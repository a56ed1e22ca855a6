import { AnyValue, type Field, KeyValue, type Message, REQUESTS } from './descriptors';
import type { Signal } from './signal';
import { WIRE_FIXED32, WIRE_FIXED64, WIRE_LENGTH, WIRE_TYPES, WIRE_VARINT } from './wire-types';

/** What to do with a field; from `INTO_MESSAGE` on: descend into message `action - INTO_MESSAGE`. */
export const REFUSE = 0;
export const SKIP_VARINT = 1;
export const SKIP_FIXED64 = 2;
export const SKIP_FIXED32 = 3;
const SKIP_BYTES = 4;
export const PACKED_VARINTS = 5;
export const PACKED_FIXED64 = 6;
export const INTO_MESSAGE = 16;

/** Tags (field number × 8 + wire type) of OTLP are below this; larger ones are unknown fields. */
export const TAGS = 256;

interface WalkTables {
  /** By `message * TAGS + tag`: one of the actions above. */
  readonly actions: Uint8Array;
  /** By message: 1 where it is an item. */
  readonly isItem: Uint8Array;
  readonly anyValue: number;
  readonly keyValue: number;
  readonly span: number;
  readonly requests: Readonly<Record<Signal, number>>;
}

/** The descriptors as arrays of small integers, for a walk that allocates nothing. */
export const TABLES: WalkTables = compile();

function compile(): WalkTables {
  const messages: Message[] = [];
  for (const request of Object.values(REQUESTS)) collect(request, messages);
  const actions = new Uint8Array(messages.length * TAGS);
  const isItem = new Uint8Array(messages.length);
  messages.forEach((message, index) => {
    isItem[index] = message.item ? 1 : 0;
    for (let tag = 8; tag < TAGS; tag++) {
      const field = message.fields.find((each) => each.number === tag >> 3);
      actions[index * TAGS + tag] = field ? knownAction(field, tag & 7, messages) : unknownAction(tag & 7);
    }
  });
  return {
    actions,
    isItem,
    anyValue: messages.indexOf(AnyValue),
    keyValue: messages.indexOf(KeyValue),
    span: messages.findIndex((message) => message.item === 'span'),
    requests: {
      traces: messages.indexOf(REQUESTS.traces),
      logs: messages.indexOf(REQUESTS.logs),
      metrics: messages.indexOf(REQUESTS.metrics),
    },
  };
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
