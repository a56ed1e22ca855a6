/** A cursor over protobuf bytes that were checked when they were received; a read beyond the end throws a RangeError. */
export class WireReader {
  readonly view: DataView;
  position = 0;

  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** A varint's low 32 bits: tags, lengths, counts, enums. */
  varint(): number {
    const bytes = this.bytes;
    let byte = bytes[this.position++]!;
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    for (let shift = 7; shift < 70; shift += 7) {
      if (this.position >= bytes.length) throw new RangeError('varint beyond the end');
      byte = bytes[this.position++]!;
      if (shift < 32) value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new RangeError('varint of more than ten bytes');
  }

  /** A varint as int64. */
  int64(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.view.getUint8(this.position++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(64, value);
    }
    throw new RangeError('varint of more than ten bytes');
  }

  /** Reads a length and answers where its bytes end; `position` is at their start. */
  blockEnd(): number {
    const length = this.varint();
    const end = this.position + length;
    if (end > this.bytes.length) throw new RangeError('length beyond the end');
    return end;
  }

  skip(wireType: number): void {
    if (wireType === 2) this.position = this.blockEnd();
    else if (wireType === 0) this.int64();
    else if (wireType === 1) this.position += 8;
    else if (wireType === 5) this.position += 4;
    else if (wireType === 3) this.skipGroup();
    else throw new RangeError(`wire type ${wireType}`);
  }

  private skipGroup(): void {
    for (;;) {
      const wireType = this.varint() & 7;
      if (wireType === 4) return;
      this.skip(wireType);
    }
  }
}
