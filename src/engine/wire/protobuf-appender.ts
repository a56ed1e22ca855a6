/** Writes protobuf from its start to its end; the length of a nested message is put before it once it is known. */
export class ProtobufAppender {
  bytes = Buffer.allocUnsafe(4096);
  length = 0;

  /** `finish` gives the bytes written; they are the caller's. */
  finish(): Uint8Array {
    return Uint8Array.prototype.slice.call(this.bytes, 0, this.length);
  }

  /** Makes room for `size` more bytes and answers where they go. */
  reserve(size: number): number {
    const at = this.length;
    this.length += size;
    if (this.length > this.bytes.length) {
      const grown = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length));
      this.bytes.copy(grown, 0, 0, at);
      this.bytes = grown;
    }
    return at;
  }

  byte(value: number): void {
    const at = this.reserve(1);
    this.bytes[at] = value;
  }

  /** A varint below 2^53. */
  varint(value: number): void {
    let at = this.reserve(value < 128 ? 1 : varintSize(value));
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.bytes[at++] = (rest % 128) + 128;
    this.bytes[at] = rest;
  }

  /** The two's complement of a 64-bit integer as a varint. */
  varint64(value: bigint): void {
    let rest = BigInt.asUintN(64, value);
    for (; rest >= 128n; rest >>= 7n) this.byte(Number(rest & 127n) | 128);
    this.byte(Number(rest));
  }

  fixed32(value: number): void {
    const at = this.reserve(4);
    this.bytes.writeUInt32LE(value, at);
  }

  fixed64(value: bigint): void {
    const at = this.reserve(8);
    this.bytes.writeBigUInt64LE(BigInt.asUintN(64, value), at);
  }

  /** The same by its halves, unsigned. */
  fixed64Halves(low: number, high: number): void {
    const at = this.reserve(8);
    const { bytes } = this;
    for (let i = 0; i < 4; i++) {
      bytes[at + i] = (low >>> (8 * i)) & 255;
      bytes[at + 4 + i] = (high >>> (8 * i)) & 255;
    }
  }

  double(value: number): void {
    const at = this.reserve(8);
    this.bytes.writeDoubleLE(value, at);
  }

  raw(source: Uint8Array, from: number, to: number): void {
    const at = this.reserve(to - from);
    if (to - from > 64) this.bytes.set(source.subarray(from, to), at);
    else for (let i = from; i < to; i++) this.bytes[at + i - from] = source[i]!;
  }

  /** Begins a field of unknown length; `close` takes what is answered. */
  open(): number {
    this.reserve(1);
    return this.length;
  }

  /** Puts the length of what was written since `open` before it. */
  close(from: number): void {
    const size = this.length - from;
    const more = varintSize(size) - 1;
    if (more > 0) {
      this.reserve(more);
      this.bytes.copyWithin(from + more, from, from + size);
    }
    this.length = from - 1;
    this.varint(size);
    this.length += size;
  }
}

function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size++;
  return size;
}
