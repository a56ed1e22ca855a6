import protobuf from 'protobufjs';
import { type Message, REQUESTS } from '../../src/engine/wire/descriptors';
import type { Signal } from '../../src/engine/wire/signal';

/** An Export…ServiceRequest as protobufjs decodes it. */
export function requestType(signal: Signal): protobuf.Type {
  const root = new protobuf.Root();
  const made = new Map<Message, protobuf.Type>();
  const make = (message: Message): protobuf.Type => {
    const known = made.get(message);
    if (known) return known;
    const type = new protobuf.Type(message.name.replace('.', ''));
    made.set(message, type);
    root.add(type);
    for (const { name, number, type: of, repeated } of message.fields) {
      const scalar = of === 'id' ? 'bytes' : of === 'enum' ? 'int32' : of;
      const typeName = typeof scalar === 'string' ? scalar : make(scalar).name;
      type.add(new protobuf.Field(name, number, typeName, repeated ? 'repeated' : undefined));
    }
    return type;
  };
  const type = make(REQUESTS[signal]);
  root.resolveAll();
  return type;
}
