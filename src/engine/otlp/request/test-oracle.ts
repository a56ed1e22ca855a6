import protobuf from 'protobufjs';
import { type Message, REQUESTS } from '../../wire/descriptors';
import type { Signal } from '../../wire/signal';

/** protobufjs types with the same fields, as the oracle for the bytes; `id` is bytes, enums are int32. */
export function oracleOf(signal: Signal): protobuf.Type {
  const root = new protobuf.Root();
  const made = new Map<Message, protobuf.Type>();
  const make = (message: Message): protobuf.Type => {
    const known = made.get(message);
    if (known) return known;
    const type = new protobuf.Type(message.name.replace('.', ''));
    made.set(message, type);
    root.add(type);
    for (const field of message.fields) {
      const name = typeof field.type === 'string' ? scalarName(field.type) : make(field.type).name;
      type.add(new protobuf.Field(field.name, field.number, name, field.repeated ? 'repeated' : undefined));
    }
    return type;
  };
  const request = make(REQUESTS[signal]);
  root.resolveAll();
  return request;
}

function scalarName(type: string): string {
  if (type === 'id') return 'bytes';
  return type === 'enum' ? 'int32' : type;
}
