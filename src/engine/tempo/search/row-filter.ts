import type { IdSet } from '../../store/reader/id-set';
import type { IndexedRows } from '../../store/reader/indexed-rows';
import { intersect, type RowBits, unite } from '../../store/reader/row-bits';

/** Rows of `spans` by what their attributes are: one of some dictionary ids, or several or any of such. */
export type RowFilter =
  | { readonly type: 'ids'; readonly ids: IdSet }
  | { readonly type: 'all' | 'any'; readonly of: readonly [RowFilter, RowFilter] };

/** The rows of the block that the filter leaves. Throws the system's error. */
export function filterRows(filter: RowFilter, block: IndexedRows): RowBits {
  if (filter.type === 'ids') return block.rowsWith(filter.ids);
  const [left, right] = filter.of;
  const rows = filterRows(left, block);
  if (filter.type === 'any') return unite(rows, filterRows(right, block));
  return rows.every((word) => word === 0) ? rows : intersect(rows, filterRows(right, block));
}
