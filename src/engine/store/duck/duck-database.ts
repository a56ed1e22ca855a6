import { setImmediate as nextTurn } from 'node:timers/promises';
import duckdb, {
  type Connection,
  type DataChunk,
  type Database as DuckDb,
  type LogicalType,
  type Result,
} from '@duckdb/node-bindings';
import type { ColumnData, Columns, Database, Lane, QueryOptions, SqlValue } from '../reader/reader';
import { bindParameter } from './bind-parameter';
import { ConnectionPool } from './connection-pool';
import { FlatLists } from './flat-lists';
import { FlatTexts } from './flat-texts';
import { readVector } from './read-vector';
import { isValid, readValidity } from './validity';

/**
 * Statements under way at a time. Each holds a thread of libuv's pool, which the journal and the receivers need as well:
 * what `engineEnvironment` gives the process has room for all of these, the store's own and the writer's.
 */
const LANES = { tempo: 2, loki: 2, prometheus: 2, findings: 1, errors: 1, export: 1 } satisfies Record<Lane, number>;
/** A statement that is about to begin forgets an interruption, so it is interrupted again until it ends. */
const INTERRUPT_MS = 10;
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
 * The store's DuckDB file: one connection that writes, one that reads for the store's own work, a few for each API. It
 * is attached without a write-ahead log: a commit is in memory until `CHECKPOINT`, and comes again from the journal
 * after a kill.
 */
export class DuckDatabase implements Database {
  /** Statements of one lane wait for each other and for nobody else. */
  readonly lanes: Readonly<Record<Lane, Database>>;
  private readonly own: ConnectionPool;
  private readonly pools: ConnectionPool[];
  private closed = false;

  private constructor(
    private readonly instance: DuckDb,
    readonly writer: Connection,
  ) {
    this.own = new ConnectionPool(instance, 1);
    this.pools = [this.own];
    const lane = (name: Lane): Database => {
      const pool = new ConnectionPool(instance, LANES[name]);
      this.pools.push(pool);
      return {
        rows: <Row>(sql: string, parameters: readonly SqlValue[] = [], options: QueryOptions = {}) =>
          this.query<Row[]>(pool, sql, parameters, options, readRows),
        columns: (sql, parameters = [], options = {}) => this.query(pool, sql, parameters, options, readColumns),
      };
    };
    this.lanes = {
      tempo: lane('tempo'),
      loki: lane('loki'),
      prometheus: lane('prometheus'),
      findings: lane('findings'),
      errors: lane('errors'),
      export: lane('export'),
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

  /** For the store's own work, as `rows`: no query of a user holds it up; one statement at a time. */
  async columns(sql: string, parameters: readonly SqlValue[] = [], options: QueryOptions = {}): Promise<Columns> {
    return this.query(this.own, sql, parameters, options, readColumns);
  }

  async rows<Row>(sql: string, parameters: readonly SqlValue[] = [], options: QueryOptions = {}): Promise<Row[]> {
    return this.query<Row[]>(this.own, sql, parameters, options, readRows);
  }

  /** No statement may be under way. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const pool of this.pools) pool.close();
    duckdb.disconnect_sync(this.writer);
    duckdb.close_sync(this.instance);
  }

  private async query<Answer>(
    pool: ConnectionPool,
    sql: string,
    parameters: readonly SqlValue[],
    options: QueryOptions,
    read: (result: Result, options: QueryOptions) => Promise<Answer>,
  ): Promise<Answer> {
    const { signal, admit } = options;
    signal?.throwIfAborted();
    const connection = await pool.acquire(signal);
    let interrupting: NodeJS.Timeout | undefined;
    const interrupt = () => {
      duckdb.interrupt(connection);
      interrupting ??= setInterval(interrupt, INTERRUPT_MS);
    };
    try {
      signal?.throwIfAborted();
      signal?.addEventListener('abort', interrupt, { once: true });
      const result = await execute(connection, sql, parameters);
      admit?.(duckdb.row_count(result));
      return await read(result, options);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', interrupt);
      clearInterval(interrupting);
      pool.release(connection);
    }
  }
}

async function readRows<Row>(result: Result, { signal }: QueryOptions): Promise<Row[]> {
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

/** Each chunk is copied to its place as it is read, so that no turn takes longer for a large result. */
async function readColumns(result: Result, { signal, flatLists, flatTexts }: QueryOptions = {}): Promise<Columns> {
  const types = columnTypes(result);
  const rowCount = duckdb.row_count(result);
  const columns: ColumnData[] = [];
  const lists = types.map((type) => (flatLists && isIdList(type) ? new FlatLists(rowCount) : null));
  const texts = types.map((type) => (flatTexts && isText(type) ? new FlatTexts(rowCount) : null));
  let at = 0;
  for await (const chunk of chunksOf(result, signal)) {
    const count = duckdb.data_chunk_get_size(chunk);
    types.forEach((type, index) => {
      const vector = duckdb.data_chunk_get_vector(chunk, index);
      const flat = lists[index] ?? texts[index];
      if (flat) {
        flat.add(vector, count);
        return;
      }
      const part = readVector(vector, type, count);
      if (at === 0) columns[index] = count === rowCount ? part : roomFor(part, rowCount);
      if (count < rowCount) place(part, columns[index]!, at);
    });
    at += count;
  }
  const isPlain = (index: number) => !lists[index] && !texts[index];
  const plain = types.flatMap((type, index) => (isPlain(index) ? [columns[index] ?? emptyColumn(type)] : []));
  return {
    ...{ rowCount, columns: plain },
    ...(flatLists && { lists: lists.flatMap((list) => list?.finish() ?? []) }),
    ...(flatTexts && { texts: texts.flatMap((text) => text?.finish() ?? []) }),
  };
}

function isText(type: LogicalType): boolean {
  return duckdb.get_type_id(type) === duckdb.Type.VARCHAR;
}

function isIdList(type: LogicalType): boolean {
  if (duckdb.get_type_id(type) !== duckdb.Type.LIST) return false;
  return duckdb.get_type_id(duckdb.list_type_child_type(type)) === duckdb.Type.UINTEGER;
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

function roomFor(part: ColumnData, rowCount: number): ColumnData {
  return new (part.constructor as new (length: number) => ColumnData)(rowCount);
}

function place(part: ColumnData, whole: ColumnData, at: number): void {
  if (!Array.isArray(part)) (whole as Float64Array).set(part as Float64Array, at);
  else for (let row = 0; row < part.length; row++) (whole as unknown[])[at + row] = part[row];
}

function emptyColumn(type: LogicalType): ColumnData {
  const vector = duckdb.create_vector(type, 1);
  return readVector(vector, type, 0);
}
