interface Entry<Value> {
  readonly bytes: Uint8Array;
  readonly value: Value;
}

/** Values by keys, found by the bytes of a key without making a string of it. */
export class JsonKeys<Value> {
  private readonly entries = new Map<number, Entry<Value>[]>();

  constructor(private readonly values: ReadonlyMap<string, Value>) {
    for (const [key, value] of values) {
      const bytes = Buffer.from(key);
      const hash = hashBytes(bytes, 0, bytes.length);
      const same = this.entries.get(hash) ?? [];
      same.push({ bytes, value });
      this.entries.set(hash, same);
    }
  }

  /** The value of the key in `text[from, end)`. */
  find(text: Uint8Array, from: number, end: number): Value | undefined {
    const entries = this.entries.get(hashBytes(text, from, end));
    if (entries === undefined) return undefined;
    for (const { bytes, value } of entries) {
      if (bytes.length !== end - from) continue;
      let i = 0;
      while (i < bytes.length && bytes[i] === text[from + i]) i++;
      if (i === bytes.length) return value;
    }
    return undefined;
  }

  named(key: string): Value | undefined {
    return this.values.get(key);
  }
}

/** Of the first and last bytes and the length: enough to tell the keys of a message apart. */
function hashBytes(bytes: Uint8Array, from: number, end: number): number {
  if (end === from) return 0;
  const middle = bytes[(from + end) >> 1]!;
  return ((bytes[from]! * 31 + bytes[end - 1]!) * 31 + middle) * 31 + (end - from);
}
