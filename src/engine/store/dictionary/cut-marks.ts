import { WireReader } from '../../wire/wire-reader';

/** What the attribute is called that tells how long a cut value was, before the name of what was cut. */
const ORIGINAL_BYTES = 'watchtower.original_bytes.';
const ORIGINAL_KEY_BYTES = 'watchtower.original_key_bytes.';
/** So much of a cut key names it. */
const NAMED_CHARACTERS = 100;

/** A protobuf KeyValue that says how long the whole value of `name` is: an attribute's key, or a field such as `span:name`. */
export function markCutValue(name: string, originalBytes: number): WireReader {
  return keyValue(ORIGINAL_BYTES + name, originalBytes);
}

/** The same of a key. */
export function markCutKey(key: string, originalBytes: number): WireReader {
  return keyValue(ORIGINAL_KEY_BYTES + [...key].slice(0, NAMED_CHARACTERS).join(''), originalBytes);
}

function keyValue(key: string, value: number): WireReader {
  const name = Buffer.from(key);
  const integer = [0x18, ...varint(value)];
  return new WireReader(Buffer.from([0x0a, ...varint(name.length), ...name, 0x12, integer.length, ...integer]));
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest];
}
