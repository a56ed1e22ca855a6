import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DuckDatabase } from '../duck/duck-database';
import type { RowBuffer } from '../duck/row-buffer';
import { TableAppender } from '../duck/table-appender';
import type { WaitingRows } from './waiting-rows';

/** Copying gives way to queries after this time. */
const TURN_MS = 3;

/** Writes everything that waits in one transaction: `begin`, `append`, `commit`. */
export class StoreWriter {
  private readonly appenders: TableAppender[];

  constructor(
    private readonly database: DuckDatabase,
    rows: WaitingRows,
  ) {
    this.appenders = Object.values(rows).map(
      (buffer) => new TableAppender(database.writer, buffer as unknown as RowBuffer<Record<string, never>>),
    );
  }

  async begin(): Promise<void> {
    await this.database.run('BEGIN');
  }

  /**
   * Copies what waits into the transaction: the buffers may be filled anew when it is done. Rejects with DuckDB's error;
   * this writer is spent then.
   */
  async append(): Promise<void> {
    let turn = performance.now();
    for (const appender of this.appenders) {
      for (const _ of appender.append()) {
        if (performance.now() - turn < TURN_MS) continue;
        await nextTurn();
        turn = performance.now();
      }
    }
  }

  /** Rejects with DuckDB's error; the rows are then in the database or not (`journal_position` tells), and this writer is spent. */
  async commit(): Promise<void> {
    await this.database.run('COMMIT');
  }

  /** Before the database is closed. An appender that has failed cannot be closed in good order, and need not. */
  close(): void {
    for (const appender of this.appenders) {
      try {
        appender.close();
      } catch {}
    }
  }
}
