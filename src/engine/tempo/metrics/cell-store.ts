import { AnswerTooLarge } from '../answers/answer-too-large';
import type { Observation } from './observation';

/** Of series, intervals and, for quantiles and histograms, buckets; with what leads to it about 100 bytes each. */
const MAX_CELLS = 1_000_000;
const FIELDS = 5;

/** What was observed in the intervals of series, in one array that grows. */
export class CellStore {
  private values = new Float64Array(1024 * FIELDS);
  private length = 0;

  /** Throws `AnswerTooLarge`, before the memory is taken. */
  add(seen: Observation): number {
    if (this.length === MAX_CELLS)
      throw new AnswerTooLarge(
        `the query has more than ${MAX_CELLS} values (series times intervals with spans): ask for a larger step, a shorter range or fewer series`,
      );
    if (this.length * FIELDS === this.values.length) {
      const grown = new Float64Array(this.values.length * 2);
      grown.set(this.values);
      this.values = grown;
    }
    this.values.set([seen.count, seen.sum, seen.min, seen.max, seen.seq], this.length * FIELDS);
    return this.length++;
  }

  merge(cell: number, seen: Observation): void {
    const at = cell * FIELDS;
    const { values } = this;
    values[at] = values[at]! + seen.count;
    values[at + 1] = values[at + 1]! + seen.sum;
    values[at + 2] = Math.min(values[at + 2]!, seen.min);
    values[at + 3] = Math.max(values[at + 3]!, seen.max);
    values[at + 4] = Math.max(values[at + 4]!, seen.seq);
  }

  count(cell: number): number {
    return this.values[cell * FIELDS]!;
  }

  sum(cell: number): number {
    return this.values[cell * FIELDS + 1]!;
  }

  min(cell: number): number {
    return this.values[cell * FIELDS + 2]!;
  }

  max(cell: number): number {
    return this.values[cell * FIELDS + 3]!;
  }

  seq(cell: number): number {
    return this.values[cell * FIELDS + 4]!;
  }
}
