import type { IndexedRows } from './indexed-rows';

/** What the query APIs see of the store. Implemented by the store thread; tests open the same one on a folder of their own. */
export interface StoreReader {
  readonly database: Database;
  readonly dictionary: DictionaryReader;
  readonly commits: CommitFeed;
  /** Another object when the database was opened anew: dictionary ids from before may then stand for other values. */
  spanIndex(): SpanIndexReader;
}

/** Who asks: statements of one wait for each other, never for those of another. */
export type Lane = 'tempo' | 'loki' | 'prometheus' | 'findings' | 'errors' | 'export';

export interface SpanIndexReader {
  /** The rows of `spans` whose attributes are indexed, newest first, each row once; the newest is valid until the next turn. */
  indexed(): readonly IndexedRows[];
  /** Where the newest generation of dictionary ids began: rows from `spanSeq` on name no attribute before `attributeId`. */
  generation(): Generation;
}

export interface Generation {
  readonly spanSeq: bigint;
  readonly attributeId: number;
}

export type SqlValue = string | number | bigint | boolean | null | readonly SqlValue[];

export interface QueryOptions {
  /** Interrupts the statement; the promise rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Told how many rows the answer has before memory is taken for them; the query rejects with what it throws. */
  admit?: (rowCount: number) => void;
  /** Lists of UINTEGER come as `Columns.lists`. */
  flatLists?: boolean;
  /** Texts come as `Columns.texts`. */
  flatTexts?: boolean;
}

/** Read-only SQL over the tables of `schema.ts`. Statements run on threads of DuckDB's own, several at a time. */
export interface Database {
  /** Few rows, as objects: UBIGINT and BIGINT as bigint, lists as arrays. Parameters are `$1`, `$2`, … */
  rows<Row>(sql: string, parameters?: readonly SqlValue[], options?: QueryOptions): Promise<Row[]>;
  /** Many rows: one typed array (or array of strings, or of lists) a column. */
  columns(sql: string, parameters?: readonly SqlValue[], options?: QueryOptions): Promise<Columns>;
}

export type ColumnData =
  | BigUint64Array
  | BigInt64Array
  | Float64Array
  | Uint32Array
  | Int32Array
  | Uint16Array
  | Uint8Array
  | readonly (string | null)[]
  | readonly (readonly number[])[];

/** A list of ids for each row: those of row `r` are `ids` from `starts[r]` up to `starts[r + 1]`. */
export interface IdLists {
  readonly starts: Uint32Array;
  readonly ids: Uint32Array;
}

/** A text in UTF-8 for each row: that of row `r` is `bytes` from `starts[r]` up to `ends[r]`; of NULL nothing. */
export interface TextBytes {
  readonly bytes: Buffer;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

export interface Columns {
  readonly rowCount: number;
  /** In the order of the SELECT list; no NULLs except in string columns (write COALESCE). */
  readonly columns: readonly ColumnData[];
  /** Where `flatLists` was asked for: the columns of ids, which `columns` then lacks. */
  readonly lists?: readonly IdLists[];
  /** Where `flatTexts` was asked for: the columns of text, which `columns` then lacks. */
  readonly texts?: readonly TextBytes[];
}

export type AttributeKind = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** A row of the table `attributes`. */
export interface StoredAttribute {
  readonly key: string;
  readonly kind: AttributeKind;
  readonly text: string;
  readonly number: number | null;
}

export interface StoredResource {
  readonly id: number;
  /** `service.name`, or `unknown_service` where the resource has none. */
  readonly service: string;
  readonly attributes: readonly StoredAttribute[];
  /** Attributes that the sender, or the store, left out. */
  readonly dropped: number;
}

export interface StoredScope {
  readonly id: number;
  readonly name: string;
  readonly version: string;
  readonly attributes: readonly StoredAttribute[];
  readonly dropped: number;
}

/** Ids to values, cached. An unknown id is absent from the answer. */
export interface DictionaryReader {
  strings(ids: Iterable<number>): Promise<ReadonlyMap<number, string>>;
  attributes(ids: Iterable<number>): Promise<ReadonlyMap<number, StoredAttribute>>;
  /** All resources with rows in the store; kept in memory, few. */
  resources(): ReadonlyMap<number, StoredResource>;
  scopes(): ReadonlyMap<number, StoredScope>;
  /** All metric series, kept in memory; `labels` without `__name__`. */
  series(): ReadonlyMap<number, StoredSeries>;
}

export interface StoredSeries {
  readonly id: number;
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
}

/** Rows that became visible in one commit: `seq` from (inclusive) to (exclusive) for each table. */
export interface Commit {
  readonly spans: { from: bigint; to: bigint };
  readonly logs: { from: bigint; to: bigint };
}

export interface CommitFeed {
  /** Calls back after every commit that added rows; returns the unsubscribe function. */
  subscribe(listener: (commit: Commit) => void): () => void;
}
