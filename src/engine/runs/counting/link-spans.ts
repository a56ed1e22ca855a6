import type { Pace } from '../../pace/pace';
import type { SpanRows } from './span-rows';

/** How the rows hang together; -1 for none. */
export interface SpanLinks {
  /** The row of the parent; -1 for a root, whether or not it names a parent that is not here. */
  readonly parents: Int32Array;
  /** The row of the root above it, its own for a root; -1 for spans that are left out. */
  readonly roots: Int32Array;
}

const UNKNOWN = -2;

/** `outside`: spans that are left out, by their id; what is below them is a root. */
export async function linkSpans(rows: SpanRows, outside: readonly string[], pace: Pace): Promise<SpanLinks> {
  const index = new SpanIds(rows);
  for (let row = 0; row < rows.count; row++) {
    index.add(row);
    if (pace.isDueAfter(15)) await pace.turn();
  }
  const left = outside.map((id) => [Number.parseInt(id.slice(8), 16), Number.parseInt(id.slice(0, 8), 16)] as const);
  const isLeftOut = (ids: Uint32Array, row: number) =>
    left.some(([lower, upper]) => ids[2 * row] === lower && ids[2 * row + 1] === upper);
  const parents = new Int32Array(rows.count).fill(-1);
  for (let row = 0; row < rows.count; row++) {
    if (pace.isDueAfter(20)) await pace.turn();
    if (left.length > 0 && isLeftOut(rows.parentId, row)) continue;
    const parent = index.parentOf(row);
    if (parent !== row) parents[row] = parent;
  }
  const roots = new Int32Array(rows.count).fill(UNKNOWN);
  for (let row = 0; row < rows.count; row++) {
    if (pace.isDueAfter(10)) await pace.turn();
    if (left.length > 0 && isLeftOut(rows.spanId, row)) roots[row] = -1;
    else if (roots[row] === UNKNOWN) findRoot(row, parents, roots);
  }
  return { parents, roots };
}

/** Of a row and all above it. A circle is cut where it is met first. */
function findRoot(row: number, parents: Int32Array, roots: Int32Array): void {
  const way: number[] = [];
  let at = row;
  while (roots[at] === UNKNOWN) {
    roots[at] = at;
    way.push(at);
    if (parents[at]! < 0) break;
    at = parents[at]!;
  }
  const root = roots[at]!;
  parents[root] = -1;
  for (const each of way) roots[each] = root;
}

/** Rows by trace and span id: an open table of numbers, for a map of objects would take most of the time. */
class SpanIds {
  private readonly table: Int32Array;
  private readonly mask: number;

  constructor(private readonly rows: SpanRows) {
    let size = 16;
    while (size < rows.count * 2) size *= 2;
    this.table = new Int32Array(size).fill(-1);
    this.mask = size - 1;
  }

  /** Of several of one id the first stands. */
  add(row: number): void {
    const { spanId } = this.rows;
    const at = this.place(row, spanId[2 * row]!, spanId[2 * row + 1]!);
    if (this.table[at] === -1) this.table[at] = row;
  }

  parentOf(row: number): number {
    const { parentId } = this.rows;
    const [lower, upper] = [parentId[2 * row]!, parentId[2 * row + 1]!];
    if (lower === 0 && upper === 0) return -1;
    return this.table[this.place(row, lower, upper)]!;
  }

  /** Where the span of the row's trace with this id stands, or would. */
  private place(row: number, lower: number, upper: number): number {
    const { traceLo, traceHi, spanId } = this.rows;
    let at = mix(lower, upper, traceLo[2 * row]!) & this.mask;
    for (let found = this.table[at]!; found !== -1; found = this.table[at]!) {
      if (
        spanId[2 * found] === lower &&
        spanId[2 * found + 1] === upper &&
        traceLo[2 * found] === traceLo[2 * row] &&
        traceLo[2 * found + 1] === traceLo[2 * row + 1] &&
        traceHi[found] === traceHi[row]
      )
        return at;
      at = (at + 1) & this.mask;
    }
    return at;
  }
}

function mix(a: number, b: number, c: number): number {
  let hash = Math.imul(a, 0x85ebca6b) ^ Math.imul(b, 0xc2b2ae35) ^ Math.imul(c, 0x27d4eb2f);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
