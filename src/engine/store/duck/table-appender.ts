import duckdb, { type Appender, type Connection, type DataChunk } from '@duckdb/node-bindings';
import type { Column } from './column';
import type { RowBuffer } from './row-buffer';
import { TextBudget } from './text-budget';

/** DuckDB's vector size. */
const CHUNK_ROWS = 2048;
/** Rows that are handed over at once: fewer cost more for each, more hold up the thread longer. */
const FLUSH_ROWS = 4 * CHUNK_ROWS;

/** Appends a table's waiting rows, inside the transaction that its connection has open. */
export class TableAppender {
  private readonly appender: Appender;
  private readonly chunk: DataChunk;
  private readonly columns: Column[];
  private readonly budget: TextBudget;

  constructor(
    connection: Connection,
    private readonly rows: RowBuffer<Record<string, Column>>,
  ) {
    this.columns = Object.values(rows.columns);
    this.budget = new TextBudget(this.columns);
    this.appender = duckdb.appender_create(connection, null, rows.table);
    this.chunk = duckdb.create_data_chunk(this.columns.map((column) => column.type));
  }

  /** Pauses after each chunk, for the caller to give way. Throws DuckDB's error; the transaction is then to be rolled back. */
  *append(): Generator<void> {
    for (let from = 0; from < this.rows.length; ) {
      const { count, fillers } = this.budget.next(from, Math.min(CHUNK_ROWS, this.rows.length - from));
      duckdb.data_chunk_reset(this.chunk);
      this.columns.forEach((column, index) => {
        column.write(duckdb.data_chunk_get_vector(this.chunk, index), from, count);
      });
      duckdb.data_chunk_set_size(this.chunk, count);
      duckdb.append_data_chunk(this.appender, this.chunk);
      if (fillers > 0) this.appendNulls(fillers);
      from += count;
      if (from % FLUSH_ROWS === 0 || fillers > 0 || from === this.rows.length)
        duckdb.appender_flush_sync(this.appender);
      yield;
    }
  }

  private appendNulls(count: number): void {
    const none = new Uint8Array(Math.ceil(count / 64) * 8);
    duckdb.data_chunk_reset(this.chunk);
    for (let index = 0; index < this.columns.length; index++) {
      const vector = duckdb.data_chunk_get_vector(this.chunk, index);
      duckdb.vector_ensure_validity_writable(vector);
      duckdb.copy_data_to_vector_validity(vector, 0, none.buffer, 0, none.length);
    }
    duckdb.data_chunk_set_size(this.chunk, count);
    duckdb.append_data_chunk(this.appender, this.chunk);
  }

  close(): void {
    duckdb.appender_clear(this.appender);
    duckdb.appender_close_sync(this.appender);
  }
}
