/** A 64-bit row number as two words, so that columns take it without a bigint. */
export class SequenceCounter {
  low = 0;
  high = 0;

  constructor(next: bigint) {
    this.reset(next);
  }

  reset(next: bigint): void {
    this.low = Number(next & 0xffffffffn);
    this.high = Number(next >> 32n);
  }

  advance(): void {
    this.low = (this.low + 1) >>> 0;
    if (this.low === 0) this.high++;
  }

  value(): bigint {
    return (BigInt(this.high) << 32n) | BigInt(this.low);
  }
}
