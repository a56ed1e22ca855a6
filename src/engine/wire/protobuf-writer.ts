const EMPTY = new Uint8Array(0);

/**
 * Writes a protobuf message from its end to its start, so that the length of a nested message is known when its
 * prefix is written. Callers therefore write fields, repeated elements and tags in reverse.
 */
export class ProtobufWriter {
  private bytes = Buffer.allocUnsafe(4096);
  /** First byte written; everything from here to the end is the message so far. */
  private start = this.bytes.length;

  /** Bytes written so far; the difference of two lengths is that of the message between them. */
  get length(): number {
    return this.bytes.length - this.start;
  }

  finish(): Uint8Array {
    return this.length === 0 ? EMPTY : Uint8Array.prototype.slice.call(this.bytes, this.start);
  }

  /** A varint below 2^53. */
  varint(value: number): void {
    let size = 1;
    for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size++;
    let at = this.reserve(size);
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.bytes[at++] = (rest % 128) + 128;
    this.bytes[at] = rest;
  }

  /** UTF-8; a lone surrogate becomes U+FFFD. */
  string(value: string): void {
    const at = this.reserve(Buffer.byteLength(value));
    this.bytes.write(value, at);
  }

  private reserve(size: number): number {
    if (this.start < size) {
      const grown = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + size));
      this.bytes.copy(grown, grown.length - this.length, this.start);
      this.start = grown.length - this.length;
      this.bytes = grown;
    }
    this.start -= size;
    return this.start;
  }
}
