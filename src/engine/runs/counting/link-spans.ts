import type { Pace } from '../../pace/pace';
import type { TraceGroups } from './group-traces';
import { IdTable } from './id-table';
import type { SpanRows } from './span-rows';

/** How the rows hang together; -1 for none. */
export interface SpanLinks {
  /** The row of the parent; -1 for a root, whether or not it names a parent that is not here. */
  readonly parents: Int32Array;
  /** The row of the root above it, its own for a root; -1 for spans that are left out. */
  readonly roots: Int32Array;
  /** Rows whose parent is neither here nor left out on purpose. */
  readonly orphans: readonly number[];
  /** 1 for traces that have several spans of one id, or a circle of parents. */
  readonly odd: Uint8Array;
}

const UNKNOWN = -2;

/** `outside`: spans that are left out, by their id; what is below them is a root. */
export async function linkSpans(
  rows: SpanRows,
  { traceOf, count: traces }: TraceGroups,
  outside: ReadonlySet<string>,
  pace: Pace,
): Promise<SpanLinks> {
  const { spanId, parentId, count } = rows;
  const odd = new Uint8Array(traces);
  const ids = new IdTable(3, count);
  const firstOf = new Uint32Array(count);
  for (let row = 0; row < count; row++) {
    const before = ids.count;
    const number = ids.add(spanId[2 * row]!, spanId[2 * row + 1]!, traceOf[row]!);
    // Of several of one id the first stands.
    if (number === before) firstOf[number] = row;
    else odd[traceOf[row]!] = 1;
    if (pace.isDueAfter(10)) await pace.turn();
  }
  const left = leftOutBy(outside);
  const parents = new Int32Array(count).fill(-1);
  const orphans: number[] = [];
  for (let row = 0; row < count; row++) {
    if (pace.isDueAfter(10)) await pace.turn();
    const [lower, upper] = [parentId[2 * row]!, parentId[2 * row + 1]!];
    if ((lower === 0 && upper === 0) || left?.has(lower, upper)) continue;
    const found = ids.find(lower, upper, traceOf[row]!);
    if (found === -1) orphans.push(row);
    else if (firstOf[found] !== row) parents[row] = firstOf[found]!;
  }
  const roots = new Int32Array(count).fill(UNKNOWN);
  for (let row = 0; row < count; row++) {
    if (pace.isDueAfter(5)) await pace.turn();
    if (left?.has(spanId[2 * row]!, spanId[2 * row + 1]!)) roots[row] = -1;
    else if (roots[row] === UNKNOWN && findRoot(row, parents, roots)) odd[traceOf[row]!] = 1;
  }
  return { parents, roots, orphans, odd };
}

function leftOutBy(outside: ReadonlySet<string>): { has: (lower: number, upper: number) => boolean } | undefined {
  if (outside.size === 0) return undefined;
  const table = new IdTable(2, outside.size);
  for (const id of outside) table.add(Number.parseInt(id.slice(8, 16), 16), Number.parseInt(id.slice(0, 8), 16));
  return { has: (lower, upper) => table.find(lower, upper) !== -1 };
}

/** Of a row and all above it. A circle is cut where it is met first, and told. */
function findRoot(row: number, parents: Int32Array, roots: Int32Array): boolean {
  const way: number[] = [];
  let at = row;
  while (roots[at] === UNKNOWN) {
    roots[at] = at;
    way.push(at);
    if (parents[at]! < 0) break;
    at = parents[at]!;
  }
  const root = roots[at]!;
  const isCircle = parents[root]! >= 0;
  parents[root] = -1;
  for (const each of way) roots[each] = root;
  return isCircle;
}
