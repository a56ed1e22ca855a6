import type { JournalPosition } from '../journal/journal-writer-port';
import type { Signal } from '../otlp/signal';
import { CommitListeners } from './commit-listeners';
import { Dictionary } from './dictionary';
import { DictionaryCache } from './dictionary-cache';
import { DuckDatabase } from './duck-database';
import { FingerprintSet } from './fingerprint-set';
import { loadStoreState, type StoreState } from './load-store-state';
import type { StoreReader } from './reader';
import { RecentRequests } from './recent-requests';
import { RequestDecoder } from './request-decoder';
import { SequenceCounter } from './sequence-counter';
import { SeriesTable } from './series-table';
import { spanFingerprint } from './span-fingerprint';
import { StoreWriter } from './store-writer';
import { createWaitingRows, type WaitingRows } from './waiting-rows';

/** The spans of at least so many recent ones are recognised when they are sent again. */
const RECENT_SPANS = 1_000_000;
const MAX_SERIES = 200_000;
const EPOCH_MS = 60_000;

export interface StoreOptions {
  /** The DuckDB file. */
  path: string;
  /** Unix milliseconds. */
  now: () => number;
  maxSeries?: number;
}

/**
 * The tables, what memory holds of them, and the rows that wait for the next commit. One caller decodes and commits,
 * strictly in turn; queries run beside it.
 */
export class Store {
  readonly reader: StoreReader;
  readonly rows: WaitingRows = createWaitingRows();
  readonly dictionary: Dictionary;
  readonly series: SeriesTable;
  readonly spanSeq: SequenceCounter;
  readonly logSeq: SequenceCounter;
  private readonly decoder: RequestDecoder;
  private readonly cache: DictionaryCache;
  private readonly listeners = new CommitListeners();
  private writer: StoreWriter;
  private committed: JournalPosition | null;
  private epochMs = 0;

  private constructor(
    private readonly options: StoreOptions,
    private database: DuckDatabase,
    state: StoreState,
  ) {
    const { rows } = this;
    this.dictionary = new Dictionary(rows, state.nextIds);
    this.series = new SeriesTable(rows, this.dictionary, state.nextSeriesId, options.maxSeries ?? MAX_SERIES);
    this.spanSeq = new SequenceCounter(state.nextSpanSeq);
    this.logSeq = new SequenceCounter(state.nextLogSeq);
    const requests = new RecentRequests(rows);
    const recentSpans = new FingerprintSet(RECENT_SPANS);
    restore(state, this.dictionary, this.series, requests, recentSpans);
    this.decoder = new RequestDecoder({
      rows,
      dictionary: this.dictionary,
      series: this.series,
      requests,
      recentSpans,
      spanSeq: this.spanSeq,
      logSeq: this.logSeq,
    });
    this.committed = state.position;
    this.cache = new DictionaryCache(() => this.database, this.dictionary, this.series);
    this.writer = new StoreWriter(database, rows);
    this.reader = {
      database: {
        rows: (sql, parameters, query) => this.database.rows(sql, parameters, query),
        columns: (sql, parameters, query) => this.database.columns(sql, parameters, query),
      },
      dictionary: this.cache,
      commits: this.listeners,
    };
  }

  /** Rejects with DuckDB's error when the file cannot be opened. */
  static async open(options: StoreOptions): Promise<Store> {
    const database = await DuckDatabase.open(options.path);
    try {
      return new Store(options, database, await loadStoreState(database, options.now()));
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** Everything before this is in the database. */
  position(): JournalPosition | null {
    return this.committed;
  }

  /** Spans, log records and samples that wait for a commit. */
  waiting(): number {
    return this.rows.spans.length + this.rows.logs.length + this.rows.samples.length;
  }

  /** Throws on bytes that are not the signal's request; nothing of it waits then. */
  decode(signal: Signal, payload: Uint8Array, crc: number, receivedMs: number): void {
    if (this.dictionary.isFull()) {
      this.dictionary.startGeneration();
      this.addEpoch(1);
    } else if (this.options.now() - this.epochMs >= EPOCH_MS) this.addEpoch(this.epochMs === 0 ? 1 : 0);
    this.decoder.decode(signal, payload, crc, receivedMs);
  }

  /**
   * Commits what waits, with the journal's position after it. Rejects with DuckDB's error; the rows keep waiting and
   * `reopen` has to come before the next try.
   */
  async commit(position: JournalPosition | null): Promise<void> {
    const { rows } = this;
    rows.position.clear();
    if (position) {
      const row = rows.position.next();
      rows.position.columns.segment.setNumber(row, position.segment);
      rows.position.columns.position.setNumber(row, position.position);
      rows.position.length = 1;
    }
    await this.writer.commit();
    this.finishCommit(position);
  }

  /**
   * Opens the database anew after a failed commit. A commit that failed in the telling but is there counts as done.
   * Rejects with DuckDB's error.
   */
  async reopen(position: JournalPosition | null): Promise<void> {
    this.database.close();
    this.database = await DuckDatabase.open(this.options.path);
    this.writer = new StoreWriter(this.database, this.rows);
    const [row] = await this.database.rows<{ found: bigint }>(
      'SELECT count(*) AS found FROM journal_position WHERE segment = $1 AND position = $2',
      [position?.segment ?? 0, position?.position ?? 0],
    );
    if (position && row!.found > 0n) this.finishCommit(position);
  }

  async close(): Promise<void> {
    this.writer.close();
    this.database.close();
  }

  private finishCommit(position: JournalPosition | null): void {
    const { rows } = this;
    const commit = {
      spans: { from: this.spanSeq.value() - BigInt(rows.spans.length), to: this.spanSeq.value() },
      logs: { from: this.logSeq.value() - BigInt(rows.logs.length), to: this.logSeq.value() },
    };
    for (const buffer of Object.values(rows)) buffer.clear();
    this.committed = position ?? this.committed;
    if (commit.spans.from !== commit.spans.to || commit.logs.from !== commit.logs.to) this.listeners.publish(commit);
  }

  private addEpoch(generation: 0 | 1): void {
    const { epochs } = this.rows;
    const { columns } = epochs;
    const ids = this.dictionary.nextIds();
    const row = epochs.next();
    this.epochMs = this.options.now();
    columns.startedMs.setNumber(row, this.epochMs);
    columns.spanSeq.setBigint(row, this.spanSeq.value());
    columns.logSeq.setBigint(row, this.logSeq.value());
    columns.stringId.data[row] = ids.string;
    columns.attributeId.data[row] = ids.attribute;
    columns.resourceId.data[row] = ids.resource;
    columns.scopeId.data[row] = ids.scope;
    columns.seriesId.data[row] = this.series.nextId;
    columns.generation.data[row] = generation;
    epochs.length++;
  }
}

function restore(
  state: StoreState,
  dictionary: Dictionary,
  series: SeriesTable,
  requests: RecentRequests,
  recentSpans: FingerprintSet,
): void {
  for (const resource of state.resources) dictionary.resources.set(resource.id, resource);
  for (const scope of state.scopes) dictionary.scopes.set(scope.id, scope);
  for (const { id, name, labels } of state.series) series.restore(id, name, labels);
  for (const { name, type, unit, help } of state.metadata) series.restoreMetadata(name, type, unit, help);
  for (const hash of state.requests) requests.restore(hash);
  const { traceHi, traceLo, spanId } = state.spans;
  const words = new Uint32Array(6);
  const ids = new BigUint64Array(words.buffer);
  for (let row = 0; row < spanId.length; row++) {
    ids[0] = traceHi[row]!;
    ids[1] = traceLo[row]!;
    ids[2] = spanId[row]!;
    const [a, b, c, d, e, f] = words;
    recentSpans.add(spanFingerprint(a!, c!, e!), spanFingerprint(d!, b!, f!));
  }
}
