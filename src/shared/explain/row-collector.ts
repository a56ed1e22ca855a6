import type { ExplainedRows, TypedValue, ValueRows } from './explained-rows';

/** Gathers rows and their values, in 8 bytes a value. */
export class RowCollector {
  readonly #selected: Uint8Array;
  readonly #operation: Uint32Array;
  readonly #cluster: Uint32Array;
  readonly #clusters = new Map<number | string, number>();
  readonly #values: TypedValue[] = [];
  readonly #numbers = new Map<string, number>();
  #counts: number[] = [];
  #pairs = new Uint32Array(4096);
  #pairCount = 0;
  #count = 0;
  #operations = 0;

  /** `most`: rows that there may be. */
  constructor(most: number) {
    this.#selected = new Uint8Array(most);
    this.#operation = new Uint32Array(most);
    this.#cluster = new Uint32Array(most);
  }

  get count(): number {
    return this.#count;
  }

  /** Answers the row's number. */
  addRow(selected: boolean, operation: number, cluster: number | string): number {
    const row = this.#count++;
    this.#selected[row] = selected ? 1 : 0;
    this.#operation[row] = operation;
    if (operation >= this.#operations) this.#operations = operation + 1;
    let number = this.#clusters.get(cluster);
    if (number === undefined) {
      number = this.#clusters.size;
      this.#clusters.set(cluster, number);
    }
    this.#cluster[row] = number;
    return row;
  }

  /** The number of a value, to be given to rows. */
  numberOf(value: TypedValue): number {
    const key = JSON.stringify([value.place, value.key, value.value]);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#values.push(value) - 1;
    this.#numbers.set(key, number);
    this.#counts.push(0);
    return number;
  }

  /** Rows are to be given in order; a value that a row has twice counts once. */
  put(row: number, value: number): void {
    if (2 * this.#pairCount === this.#pairs.length) {
      const larger = new Uint32Array(2 * this.#pairs.length);
      larger.set(this.#pairs);
      this.#pairs = larger;
    }
    this.#pairs[2 * this.#pairCount] = row;
    this.#pairs[2 * this.#pairCount + 1] = value;
    this.#pairCount++;
    this.#counts[value]!++;
  }

  /** Those values that at least so many rows have. Yields the work done, in units of ten nanoseconds. */
  *finish(least: number): Generator<number, ExplainedRows> {
    const starts = new Int32Array(this.#values.length).fill(-1);
    let total = 0;
    for (const [number, count] of this.#counts.entries())
      if (count >= least) {
        starts[number] = total;
        total += count;
      }
    const placed = new Uint32Array(total);
    const filled = new Uint32Array(this.#values.length);
    for (let at = 0; at < this.#pairCount; at++) {
      const row = this.#pairs[2 * at]!;
      const number = this.#pairs[2 * at + 1]!;
      const start = starts[number]!;
      if (at % PAIRS_A_STEP === 0) yield PAIRS_A_STEP;
      if (start < 0) continue;
      const end = start + filled[number]!;
      if (end > start && placed[end - 1] === row) continue;
      placed[end] = row;
      filled[number]!++;
    }
    const values = this.#values.flatMap((value, number) => {
      const start = starts[number]!;
      return start < 0 ? [] : [{ value, rows: placed.subarray(start, start + filled[number]!).sort() }];
    });
    return {
      count: this.#count,
      selected: this.#selected.subarray(0, this.#count),
      operation: this.#operation.subarray(0, this.#count),
      operations: this.#operations,
      cluster: this.#cluster.subarray(0, this.#count),
      clusters: this.#clusters.size,
      values: yield* this.#withAbsent(values),
    };
  }

  /** Where only some rows have a key, that it is absent is a value, too. */
  *#withAbsent(values: ExplainedRows['values']): Generator<number, ExplainedRows['values']> {
    const ofKey = new Map<string, { place: TypedValue['place']; key: string; members: number[] }>();
    for (const [number, { place, key }] of this.#values.entries()) {
      const name = JSON.stringify([place, key]);
      const found = ofKey.get(name);
      if (found) found.members.push(number);
      else ofKey.set(name, { place, key, members: [number] });
    }
    const keyOf = new Uint32Array(this.#values.length);
    const keys = [...ofKey.values()];
    for (const [number, { members }] of keys.entries()) for (const member of members) keyOf[member] = number;
    const present = keys.map(() => new Uint8Array((this.#count + 7) >>> 3));
    if (present.length * this.#count > MOST_PRESENCE) return values;
    for (let at = 0; at < this.#pairCount; at++) {
      const row = this.#pairs[2 * at]!;
      present[keyOf[this.#pairs[2 * at + 1]!]!]![row >>> 3]! |= 1 << (row & 7);
      if (at % PAIRS_A_STEP === 0) yield PAIRS_A_STEP;
    }
    const absent: ValueRows[] = [];
    for (const [number, { place, key }] of keys.entries()) {
      yield this.#count;
      const rows = absentRows(present[number]!, this.#count);
      if (rows.length > 0) absent.push({ value: { place, key, value: null, kind: 'other' }, rows });
    }
    return [...values, ...absent];
  }
}

/** Rows without their bit, ascending. */
function absentRows(present: Uint8Array, count: number): Uint32Array {
  const rows = new Uint32Array(count);
  let found = 0;
  for (let row = 0; row < count; row++) if (((present[row >>> 3]! >>> (row & 7)) & 1) === 0) rows[found++] = row;
  return rows.slice(0, found);
}

const PAIRS_A_STEP = 4096;
/** Keys times rows, in bits: 16 MiB. */
const MOST_PRESENCE = 2 ** 27;
