import { setImmediate as nextTurn } from 'node:timers/promises';
import duckdb, {
  type Connection,
  type DataChunk,
  type Database as DuckDb,
  type LogicalType,
  type Result,
} from '@duckdb/node-bindings';
import { bindParameter } from './bind-parameter';
import { ConnectionPool } from './connection-pool';
import { isValid, readValidity, readVector } from './read-vector';
import type { ColumnData, Columns, Database, QueryOptions, SqlValue } from './reader';

/** Statements under way at a time; each holds one thread of libuv's pool, which the journal also needs. */
const MAX_READERS = 2;
/** Reading a result gives way to other work after this time. */
const TURN_MS = 5;

const SETTINGS: Readonly<Record<string, string>> = {
  threads: '2',
  // What a scan reads again comes from the kernel's cache; more than this went into the resident memory for no speed.
  memory_limit: '128MB',
  // By default it keeps 128 MB of freed memory for itself.
  allocator_flush_threshold: '16MB',
  // Up to this LIMIT, ORDER BY sorts row numbers and the other columns are read for the rows that stay.
  late_materialization_max_rows: '20000',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
};

/**
 * The store's DuckDB file: one connection that writes, a few that read. It is attached without a write-ahead log: a
 * commit is in memory until `CHECKPOINT`, and comes again from the journal after a kill.
 */
export class DuckDatabase implements Database {
  /** For the store's own work, which no query of a user holds up; one statement at a time. */
  readonly own: Database;
  private readonly readers: ConnectionPool;
  private readonly keeper: ConnectionPool;
  private closed = false;

  private constructor(
    private readonly instance: DuckDb,
    readonly writer: Connection,
  ) {
    this.readers = new ConnectionPool(instance, MAX_READERS);
    this.keeper = new ConnectionPool(instance, 1);
    this.own = {
      rows: <Row>(sql: string, parameters: readonly SqlValue[] = [], options: QueryOptions = {}) =>
        this.query<Row[]>(this.keeper, sql, parameters, options, readRows),
      columns: (sql, parameters = [], options = {}) => this.query(this.keeper, sql, parameters, options, readColumns),
    };
  }

  /** Rejects with DuckDB's error when the file cannot be read, or another program has it open. Writes nothing. */
  static async probe(path: string): Promise<void> {
    const instance = await duckdb.open(':memory:', duckdb.create_config());
    try {
      const connection = await duckdb.connect(instance);
      await duckdb.query(connection, `ATTACH ${quote(path)} AS store (TYPE duckdb, READ_ONLY)`);
    } finally {
      duckdb.close_sync(instance);
    }
  }

  /** Rejects with DuckDB's error when the file cannot be opened. */
  static async open(path: string): Promise<DuckDatabase> {
    const config = duckdb.create_config();
    for (const [name, value] of Object.entries(SETTINGS)) duckdb.set_config(config, name, value);
    duckdb.set_config(config, 'temp_directory', `${path}.tmp`);
    const instance = await duckdb.open(':memory:', config);
    try {
      const writer = await duckdb.connect(instance);
      await duckdb.query(writer, `ATTACH ${quote(path)} AS store (TYPE duckdb, RECOVERY_MODE no_wal_writes)`);
      await duckdb.query(writer, 'USE store');
      return new DuckDatabase(instance, writer);
    } catch (error) {
      duckdb.close_sync(instance);
      throw error;
    }
  }

  /** Runs a statement on the writing connection. */
  async run(sql: string): Promise<void> {
    await duckdb.query(this.writer, sql);
  }

  /** Columns as the writing connection sees them, with what its transaction has not committed yet. */
  async writtenColumns(sql: string): Promise<Columns> {
    return readColumns(await duckdb.query(this.writer, sql));
  }

  async columns(sql: string, parameters: readonly SqlValue[] = [], options: QueryOptions = {}): Promise<Columns> {
    return this.query(this.readers, sql, parameters, options, readColumns);
  }

  async rows<Row>(sql: string, parameters: readonly SqlValue[] = [], options: QueryOptions = {}): Promise<Row[]> {
    return this.query<Row[]>(this.readers, sql, parameters, options, readRows);
  }

  /** No statement may be under way. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.readers.close();
    this.keeper.close();
    duckdb.disconnect_sync(this.writer);
    duckdb.close_sync(this.instance);
  }

  private async query<Answer>(
    pool: ConnectionPool,
    sql: string,
    parameters: readonly SqlValue[],
    { signal }: QueryOptions,
    read: (result: Result, signal?: AbortSignal) => Promise<Answer>,
  ): Promise<Answer> {
    signal?.throwIfAborted();
    const connection = await pool.acquire(signal);
    const interrupt = () => duckdb.interrupt(connection);
    try {
      signal?.throwIfAborted();
      signal?.addEventListener('abort', interrupt, { once: true });
      return await read(await execute(connection, sql, parameters), signal);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', interrupt);
      pool.release(connection);
    }
  }
}

async function readRows<Row>(result: Result, signal?: AbortSignal): Promise<Row[]> {
  const types = columnTypes(result);
  const names = types.map((_, index) => duckdb.column_name(result, index));
  const rows: Record<string, unknown>[] = [];
  for await (const chunk of chunksOf(result, signal)) {
    const first = rows.length;
    const count = duckdb.data_chunk_get_size(chunk);
    for (let row = 0; row < count; row++) rows.push({});
    types.forEach((type, index) => {
      const vector = duckdb.data_chunk_get_vector(chunk, index);
      const values = readVector(vector, type, count);
      const validity = readValidity(vector, count);
      const isBoolean = duckdb.get_type_id(type) === duckdb.Type.BOOLEAN;
      for (let row = 0; row < count; row++) {
        const value = validity && !isValid(validity, row) ? null : values[row];
        rows[first + row]![names[index]!] = isBoolean && value !== null ? value === 1 : value;
      }
    });
  }
  return rows as Row[];
}

function quote(path: string): string {
  return `'${path.replaceAll("'", "''")}'`;
}

async function execute(connection: Connection, sql: string, parameters: readonly SqlValue[]): Promise<Result> {
  if (parameters.length === 0) return duckdb.query(connection, sql);
  const statement = await duckdb.prepare(connection, sql);
  try {
    parameters.forEach((value, index) => {
      bindParameter(statement, index + 1, value);
    });
    return await duckdb.execute_prepared(statement);
  } finally {
    duckdb.destroy_prepare_sync(statement);
  }
}

async function readColumns(result: Result, signal?: AbortSignal): Promise<Columns> {
  const types = columnTypes(result);
  const chunks: ColumnData[][] = [];
  for await (const chunk of chunksOf(result, signal)) {
    const count = duckdb.data_chunk_get_size(chunk);
    chunks.push(types.map((type, index) => readVector(duckdb.data_chunk_get_vector(chunk, index), type, count)));
  }
  return {
    rowCount: duckdb.row_count(result),
    columns: types.map((type, index) =>
      joined(
        type,
        chunks.map((chunk) => chunk[index]!),
      ),
    ),
  };
}

function columnTypes(result: Result): LogicalType[] {
  return Array.from({ length: duckdb.column_count(result) }, (_, index) => duckdb.column_logical_type(result, index));
}

/** One after the other; reading a large result gives way to other work. */
async function* chunksOf(result: Result, signal: AbortSignal | undefined): AsyncGenerator<DataChunk> {
  const count = duckdb.result_chunk_count(result);
  let turn = performance.now();
  for (let index = 0; index < count; index++) {
    if (performance.now() - turn >= TURN_MS) {
      await nextTurn();
      signal?.throwIfAborted();
      turn = performance.now();
    }
    yield duckdb.result_get_chunk(result, index);
  }
}

function joined(type: LogicalType, parts: ColumnData[]): ColumnData {
  const first = parts[0] ?? emptyColumn(type);
  if (parts.length <= 1) return first;
  if (Array.isArray(first)) return (parts as unknown[][]).flat() as ColumnData;
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = new (first.constructor as new (length: number) => Float64Array)(length);
  let at = 0;
  for (const part of parts as unknown as Float64Array[]) {
    whole.set(part, at);
    at += part.length;
  }
  return whole as ColumnData;
}

function emptyColumn(type: LogicalType): ColumnData {
  const vector = duckdb.create_vector(type, 1);
  return readVector(vector, type, 0);
}
