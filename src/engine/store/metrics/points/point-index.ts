import { ByteTable } from '../../../wire/byte-table';
import type { ByteRun } from './byte-run';

/** What is known under a run of bytes seen before, such as the series of a point's raw attributes: no string work for a known one. */
export class PointIndex<Known> {
  private readonly table = new ByteTable(4);
  private readonly known: Known[] = [];

  constructor(private readonly learn: (run: ByteRun) => Known) {}

  at(run: ByteRun): Known {
    const index = this.table.index(run.bytes, run.view, run.start, run.stop);
    if (index === this.known.length) this.known.push(this.learn(run));
    return this.known[index]!;
  }
}
