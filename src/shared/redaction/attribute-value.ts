/** A value of an attribute, decoded. Integers may be bigint or, beyond 2^53 where JSON is the source, decimal text. */
export type AttributeValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue };

/** The text that `hash` digests: a scalar's usual text, the JSON of a list or map, base64 of bytes. */
export function textOf(value: AttributeValue): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (typeof value === 'object') return JSON.stringify(value, (_key, inner: unknown) => readable(inner));
  return String(value);
}

function readable(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Uint8Array) return btoa(String.fromCharCode(...value));
  return value;
}
