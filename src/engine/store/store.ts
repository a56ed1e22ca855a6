import { dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { JournalPosition } from '../journal/journal-writer-port';
import type { Signal } from '../otlp/signal';
import { CommitListeners } from './commit-listeners';
import { type DerivedBatch, DerivedMetrics } from './derive/derived-metrics';
import { type EngineReport, SelfMetrics } from './derive/self-metrics';
import { Dictionary } from './dictionary';
import { DictionaryCache } from './dictionary-cache';
import { SPAN_INDEX_FOLDER } from './disk-usage';
import type { DuckDatabase } from './duck-database';
import { FingerprintSet } from './fingerprint-set';
import { LeftOutPoints } from './left-out-points';
import { countRows, loadStoreState, type StoreState } from './load-store-state';
import type { Commit, Database, Lane, StoreReader } from './reader';
import { RETRY_WINDOW_MS, RecentRequests } from './recent-requests';
import { RequestDecoder } from './request-decoder';
import { restoreState } from './restore-state';
import { SequenceCounter } from './sequence-counter';
import { SeriesTable } from './series-table';
import { SpanIndex } from './span-index/span-index';
import { StoreWriter } from './store-writer';
import { supersedeSpans } from './supersede-spans';
import { UnfinishedSpans } from './unfinished-spans';
import { openDatabase } from './upgrade/open-database';
import { createWaitingRows, type WaitingRows } from './waiting-rows';

/** The spans of at least so many recent ones are recognised when they are sent again. */
const RECENT_SPANS = 1_000_000;
const MAX_SERIES = 100_000;
const INDEXED_A_TURN = 4096;
/** So many characters of a long text weigh as much as a row. */
const TEXT_A_ROW = 512;
const TELEMETRY_TABLES = [
  ...[
    'spans',
    'span_events',
    'span_links',
    'span_sent_times',
    'logs',
    'samples',
    'exemplars',
    'exponential_histograms',
    'series',
  ],
  ...['metric_metadata', 'delta_totals', 'strings', 'attributes', 'resources', 'scopes', 'epochs'],
];
/** An epoch lasts at most so long while telemetry arrives. */
export const EPOCH_MS = 10_000;
/** A dictionary entry is deleted when a later generation has become the oldest with rows. */
const GENERATION_MS = 6 * 3_600_000;

/** Rows of a transaction that is not yet committed. */
interface Staged {
  readonly commit: Commit;
  readonly points: number;
  /** Rows of spans that others have taken the place of. */
  readonly superseded: number;
}

export interface StoreOptions {
  /** The DuckDB file. */
  path: string;
  /** Unix milliseconds. */
  now: () => number;
  maxSeries?: number;
  /** Who is told of commits; those of a store opened in the place of another stay. */
  listeners?: CommitListeners;
}

/**
 * The tables, what memory holds of them, and the rows that wait for the next commit. One caller decodes and commits,
 * strictly in turn; queries run beside it.
 */
export class Store {
  /** For what the store does by itself: no query of a user holds it up. */
  readonly reader: StoreReader;
  readonly lanes: Readonly<Record<Lane, StoreReader>>;
  readonly rows: WaitingRows = createWaitingRows();
  readonly dictionary: Dictionary;
  readonly series: SeriesTable;
  readonly leftOut: LeftOutPoints;
  readonly spanSeq: SequenceCounter;
  readonly logSeq: SequenceCounter;
  private readonly decoder: RequestDecoder;
  private readonly derived: DerivedMetrics;
  private readonly self: SelfMetrics;
  private readonly cache: DictionaryCache;
  private readonly listeners: CommitListeners;
  private readonly writer: StoreWriter;
  private readonly spanIndex: SpanIndex;
  private readonly unfinished = new UnfinishedSpans();
  private committed: JournalPosition | null;
  /** Spans before this `seq` are committed. */
  private committedSpans: bigint;
  private epochMs = 0;
  private generationMs = 0;
  /** Committed rows, without the engine's metrics about itself. */
  counts = { spans: 0, logs: 0, points: 0 };

  private constructor(
    private readonly options: StoreOptions,
    private readonly database: DuckDatabase,
    state: StoreState,
  ) {
    const { rows } = this;
    this.listeners = options.listeners ?? new CommitListeners();
    this.dictionary = new Dictionary(rows, state.nextIds);
    this.leftOut = new LeftOutPoints(options.now);
    const maxSeries = options.maxSeries ?? MAX_SERIES;
    this.series = new SeriesTable(rows, this.dictionary, state.nextSeriesId, maxSeries, this.leftOut);
    this.spanSeq = new SequenceCounter(state.nextSpanSeq);
    this.logSeq = new SequenceCounter(state.nextLogSeq);
    const requests = new RecentRequests(rows);
    const recentSpans = new FingerprintSet(RECENT_SPANS);
    restoreState(state, this.dictionary, this.series, requests, recentSpans, this.unfinished);
    this.decoder = new RequestDecoder({
      rows,
      dictionary: this.dictionary,
      series: this.series,
      requests,
      recentSpans,
      unfinished: this.unfinished,
      spanSeq: this.spanSeq,
      logSeq: this.logSeq,
    });
    this.decoder.metrics.restore(state.deltas);
    this.derived = new DerivedMetrics(state.derivedSpanSeq);
    this.self = new SelfMetrics(this.series.series.values());
    this.committed = state.position;
    this.committedSpans = state.nextSpanSeq;
    this.cache = new DictionaryCache(this.dictionary, this.series);
    this.writer = new StoreWriter(database, rows);
    this.spanIndex = new SpanIndex(join(dirname(options.path), SPAN_INDEX_FOLDER), database, {
      spanSeq: state.nextSpanSeq,
      attributeId: state.nextIds.attribute,
    });
    const on = (lane: Database): StoreReader => ({
      database: lane,
      dictionary: this.cache.reader(lane),
      commits: this.listeners,
      spanIndex: () => this.spanIndex,
    });
    this.reader = on(database);
    const { tempo, loki, prometheus, export: exporting } = database.lanes;
    this.lanes = { tempo: on(tempo), loki: on(loki), prometheus: on(prometheus), export: on(exporting) };
  }

  /** Rejects with `StoreRefused` or DuckDB's error when the file cannot be opened. */
  static async open(options: StoreOptions): Promise<Store> {
    const database = await openDatabase(options.path);
    try {
      const store = new Store(options, database, await loadStoreState(database, options.now()));
      store.counts = await countRows(database, store.self.series);
      return store;
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** Everything before this is in the database. */
  position(): JournalPosition | null {
    return this.committed;
  }

  /** The life of the journal that `position` counts in; null before the first. */
  async journalLineage(): Promise<string | null> {
    const [row] = await this.database.rows<{ value: string }>("SELECT value FROM meta WHERE key = 'journal'");
    return row?.value ?? null;
  }

  /** From now on positions count in another life of the journal, of which everything before `from` is in the database. */
  async enterJournal(lineage: string, from: JournalPosition | null): Promise<void> {
    await this.transact([
      "DELETE FROM meta WHERE key = 'journal'",
      `INSERT INTO meta VALUES ('journal', '${lineage}')`,
      'DELETE FROM journal_position',
      ...(from ? [`INSERT INTO journal_position VALUES (${from.segment}, ${from.position})`] : []),
    ]);
    this.committed = from;
  }

  /**
   * Spans, log records and samples that wait for a commit, or the rows that hang on them where these are more; long texts
   * among them count as more.
   */
  waiting(): number {
    const { spans, logs, samples, events, links, exemplars, attributes } = this.rows;
    const texts = attributes.columns.text.longTexts + logs.columns.body.longTexts;
    const items = spans.length + logs.length + samples.length;
    return Math.max(items, events.length, links.length, exemplars.length) + Math.floor(texts / TEXT_A_ROW);
  }

  /** Throws on bytes that are not the signal's request; nothing of it waits then. */
  decode(signal: Signal, payload: Uint8Array, crc: number, receivedMs: number): void {
    const now = this.options.now();
    if (this.dictionary.isFull() || now - this.generationMs >= GENERATION_MS) this.startGeneration(now);
    else if (now - this.epochMs >= EPOCH_MS) this.addEpoch(0);
    this.decoder.decode(signal, payload, crc, receivedMs);
  }

  /**
   * Commits what waits, with the journal's position after it. Rejects with DuckDB's error; the store is then to be opened
   * anew, and the journal applied from its position.
   */
  async commit(position: JournalPosition | null): Promise<void> {
    const finish = await this.stage(position);
    await finish();
  }

  /**
   * Takes what waits into a transaction: `decode` may go on while the function that it answers commits it. Both reject as
   * `commit`; nothing else may be staged before that function is done.
   */
  async stage(position: JournalPosition | null): Promise<() => Promise<void>> {
    const { rows } = this;
    await this.writer.begin();
    rows.position.clear();
    if (position) {
      const row = rows.position.next();
      rows.position.columns.segment.setNumber(row, position.segment);
      rows.position.columns.position.setNumber(row, position.position);
      rows.position.length = 1;
    }
    await this.writer.append();
    await this.indexSpans();
    const staged = this.clearStaged(await supersedeSpans(this.database, this.unfinished, this.dictionary.resources));
    return async () => {
      await this.writer.commit();
      this.finishCommit(staged, position);
    };
  }

  /** Makes everything that is committed survive. Rejects with DuckDB's error; the store is then to be opened anew. */
  async checkpoint(): Promise<void> {
    await this.database.run('CHECKPOINT store');
  }

  /** Changes committed rows in one transaction. Rejects with DuckDB's error; nothing is changed then. */
  async transact(statements: readonly string[]): Promise<void> {
    await this.database.run('BEGIN');
    try {
      for (const statement of statements) await this.database.run(statement);
      await this.database.run('COMMIT');
    } catch (error) {
      await this.database.run('ROLLBACK').catch(() => {});
      throw error;
    }
  }

  /** Writes down running totals, and deletes what the store keeps for itself and needs no more. */
  async tidy(nowMs: number): Promise<void> {
    this.keepDeltaTotals();
    if (this.rows.deltaTotals.length > 0) await this.commit(null);
    const statements = [
      'DELETE FROM delta_totals WHERE rowid NOT IN (SELECT max(rowid) FROM delta_totals GROUP BY series)',
      `DELETE FROM recent_requests WHERE received_ms < ${nowMs - 2 * RETRY_WINDOW_MS}`,
      'DELETE FROM derived_position WHERE span_seq < (SELECT max(span_seq) FROM derived_position)',
    ];
    if (this.committed) {
      const { segment, position } = this.committed;
      statements.push(`DELETE FROM journal_position WHERE segment <> ${segment} OR position <> ${position}`);
    }
    await this.transact(statements);
  }

  /** Deletes all telemetry; nothing may wait for a commit. Numbers go on where they were. */
  async clean(nowMs: number): Promise<void> {
    const ids = this.dictionary.nextIds();
    const next = [this.spanSeq.value(), this.logSeq.value(), ids.string, ids.attribute, ids.resource, ids.scope];
    await this.transact([
      ...TELEMETRY_TABLES.map((table) => `DELETE FROM ${table}`),
      `INSERT INTO epochs VALUES (${[nowMs, ...next, this.series.nextId, 1].join(', ')})`,
    ]);
    this.startGeneration(nowMs);
    this.unfinished.clear();
    await this.forgetDeleted();
  }

  /** When the oldest rows arrived, to ten seconds. */
  async oldestMs(): Promise<number | null> {
    const [row] = await this.database.rows<{ ms: bigint | null }>('SELECT min(started_ms) AS ms FROM epochs');
    return row!.ms === null ? null : Number(row!.ms);
  }

  /** Brings memory in line with the tables after a deletion; nothing may wait for a commit. */
  async forgetDeleted(): Promise<void> {
    const ids = async (table: string) =>
      new Set((await this.database.columns(`SELECT id FROM ${table}`)).columns[0] as Uint32Array);
    const [resources, scopes, series] = [await ids('resources'), await ids('scopes'), await ids('series')];
    this.dictionary.forget(resources, scopes);
    const gone = [...this.series.series.keys()].filter((id) => !series.has(id));
    this.series.forget(gone);
    if (gone.length > 0) {
      this.decoder.metrics.forgetSeries(gone);
      this.derived.forget(new Set(gone));
      this.self.forget(gone);
    }
    this.series.restoreMetadata(await this.database.rows('SELECT name, type, unit, help FROM metric_metadata'));
    this.cache.clear();
    this.counts = await countRows(this.database, this.self.series);
    const [spans] = await this.database.rows<{ first: bigint | null }>('SELECT min(seq) AS first FROM spans');
    this.spanIndex.forget(spans!.first ?? this.committedSpans);
  }

  /** Counts the spans committed since the last time into metrics; runs beside decoding and committing, one at a time. */
  collectDerived(): Promise<DerivedBatch> {
    return this.derived.collect(this.reader, this.committedSpans, this.options.now());
  }

  /** Adds what was collected to what waits, in the caller's turn; alone, it is committed at once. Rejects as `commit`. */
  async writeDerived(batch: DerivedBatch): Promise<void> {
    const isAlone = this.waiting() === 0;
    batch.write(this.series);
    const { derived } = this.rows;
    derived.columns.spanSeq.setBigint(derived.next(), batch.position);
    derived.length++;
    if (isAlone && this.waiting() > 0) await this.commit(null);
  }

  /** Spans and requests that derived metrics count together for want of room. */
  derivedOverflow(): number {
    return this.derived.overflow(this.options.now());
  }

  /** Series, without those of the engine's metrics about itself. */
  seriesCount(): number {
    return this.series.series.size - this.self.series.size;
  }

  /** Adds the engine's metrics about itself to what waits, as `writeDerived`. */
  async writeSelf(report: EngineReport, storeBytes: number): Promise<void> {
    const isAlone = this.waiting() === 0;
    this.self.write(this.series, this.options.now(), report, storeBytes);
    if (isAlone) await this.commit(null);
  }

  /** What was committed since the last checkpoint is gone then. */
  async close(): Promise<void> {
    await this.spanIndex.close();
    this.writer.close();
    this.database.close();
  }

  private keepDeltaTotals(): void {
    const { deltaTotals } = this.rows;
    const { columns } = deltaTotals;
    for (const { series, timeMs, value } of this.decoder.metrics.takeChangedTotals()) {
      const row = deltaTotals.next();
      columns.series.data[row] = series;
      columns.time.setNumber(row, timeMs);
      columns.total.data[row] = value;
      deltaTotals.length++;
    }
  }

  private async indexSpans(): Promise<void> {
    const { length, columns } = this.rows.spans;
    const from = this.spanSeq.value() - BigInt(length);
    for (let first = 0; first < length; first += INDEXED_A_TURN) {
      this.spanIndex.add(columns.attributes, from, first, Math.min(length, first + INDEXED_A_TURN));
      await nextTurn();
    }
  }

  private clearStaged(superseded: number): Staged {
    const { rows } = this;
    const commit = {
      spans: { from: this.spanSeq.value() - BigInt(rows.spans.length), to: this.spanSeq.value() },
      logs: { from: this.logSeq.value() - BigInt(rows.logs.length), to: this.logSeq.value() },
    };
    const points = rows.samples.length + rows.exponentialHistograms.length - this.self.takeWritten();
    for (const buffer of Object.values(rows)) buffer.clear();
    return { commit, points, superseded };
  }

  private finishCommit({ commit, points, superseded }: Staged, position: JournalPosition | null): void {
    this.counts.spans += Number(commit.spans.to - commit.spans.from) - superseded;
    this.counts.logs += Number(commit.logs.to - commit.logs.from);
    this.counts.points += points;
    this.committedSpans = commit.spans.to;
    this.committed = position ?? this.committed;
    if (commit.spans.from !== commit.spans.to || commit.logs.from !== commit.logs.to) this.listeners.publish(commit);
  }

  private startGeneration(now: number): void {
    this.generationMs = now;
    this.dictionary.startGeneration();
    this.spanIndex.startGeneration({
      spanSeq: this.spanSeq.value(),
      attributeId: this.dictionary.nextIds().attribute,
    });
    this.addEpoch(1);
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
