import type { IdSet } from './id-set';
import type { RowBits } from './row-bits';

/** Rows of `spans` of which is known which attributes they have; perhaps not all of them are committed or still there. */
export interface IndexedRows {
  /** The first row's `seq`; the others follow without a gap. */
  readonly from: bigint;
  readonly rowCount: number;
  /** The rows with at least one of the ids. Throws the system's error. */
  rowsWith(ids: IdSet): RowBits;
}
