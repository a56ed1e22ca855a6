import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { PriceSource } from '../../../shared/sessions/usage';
import { writeFileAtomically } from '../../ownership/write-file-atomically';
import { PriceTable } from './price-table';
import { shippedPrices } from './shipped-prices';

export interface Prices {
  /** Null: nothing is estimated, and `told.problem` says why. */
  readonly table: PriceTable | null;
  readonly told: PriceSource;
}

/** The prices that estimates go by: `prices.json` of the home, which a person may edit, read at each asking. Written when first needed. */
export class PriceBook {
  private readonly path: string;

  constructor(home: string) {
    this.path = join(home, 'prices.json');
  }

  async read(): Promise<Prices> {
    let text: string;
    try {
      text = await readFile(this.path, 'utf8');
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT') return this.unusable(message);
      // Where the home takes no file, the prices hold all the same.
      await writeFileAtomically(this.path, `${JSON.stringify(shippedPrices, null, 2)}\n`).catch(() => undefined);
      return this.use(shippedPrices);
    }
    try {
      const read = PriceTable.safeParse(JSON.parse(text));
      return read.success ? this.use(read.data) : this.unusable(z.prettifyError(read.error).replace(/\s+/g, ' '));
    } catch (error) {
      return this.unusable((error as Error).message);
    }
  }

  private use(table: PriceTable): Prices {
    return { table, told: { asOf: table.asOf, source: table.source, path: this.path } };
  }

  private unusable(reason: string): Prices {
    const problem = `Nothing is estimated: ${this.path} cannot be used: ${reason}. Mend it, or delete it to begin anew.`;
    return { table: null, told: { asOf: '', source: '', path: this.path, problem } };
  }
}
