import { IdTable } from '../counting/id-table';

/** Ids of traces. */
export class TraceSet {
  private readonly table = new IdTable(4);

  get size(): number {
    return this.table.count;
  }

  /** 32 hex digits. */
  add(id: string): void {
    this.table.add(word(id, 3), word(id, 2), word(id, 1), word(id, 0));
  }

  /** By the halves of its id, as in `SpanRows`; `at` of a row or a trace. */
  addAt({ lo, hi }: { lo: Uint32Array; hi: Uint32Array }, at: number): void {
    this.table.add(lo[2 * at]!, lo[2 * at + 1]!, hi[2 * at]!, hi[2 * at + 1]!);
  }

  hasAt({ lo, hi }: { lo: Uint32Array; hi: Uint32Array }, at: number): boolean {
    return this.table.find(lo[2 * at]!, lo[2 * at + 1]!, hi[2 * at]!, hi[2 * at + 1]!) !== -1;
  }

  /** In the order in which they came. */
  ids(): string[] {
    return Array.from({ length: this.size }, (_, number) =>
      [3, 2, 1, 0].map((at) => this.table.word(number, at).toString(16).padStart(8, '0')).join(''),
    );
  }

  /** Of each id, once. */
  lowerHalves(): bigint[] {
    const halves = Array.from({ length: this.size }, (_, number) => {
      const [lower, upper] = [this.table.word(number, 0), this.table.word(number, 1)];
      return (BigInt(upper) << 32n) | BigInt(lower);
    });
    return [...new Set(halves)];
  }
}

/** The first is 0. */
function word(id: string, index: number): number {
  return Number.parseInt(id.slice(8 * index, 8 * index + 8), 16);
}
