import { dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { JournalPosition } from '../journal/journal-writer-port';
import type { Signal } from '../wire/signal';
import { cleanStatements } from './clean-statements';
import { RequestDecoder } from './decode/request-decoder';
import type { DerivedBatch } from './derive/derived-metrics';
import { OwnMetrics } from './derive/own-metrics';
import type { EngineReport } from './derive/self-metrics';
import { Dictionary } from './dictionary/dictionary';
import { DictionaryCache } from './dictionary-cache';
import { SPAN_INDEX_FOLDER } from './disk-usage';
import type { DuckDatabase } from './duck/duck-database';
import { Epochs } from './epochs';
import { keepDeltaTotals } from './metrics/deltas/keep-delta-totals';
import { LeftOutPoints } from './metrics/series/left-out-points';
import { SeriesTable } from './metrics/series/series-table';
import { CommitListeners } from './reader/commit-listeners';
import type { Commit, Database, Lane, StoreReader } from './reader/reader';
import { FingerprintSet } from './repeats/fingerprint-set';
import { RecentRequests } from './repeats/recent-requests';
import { supersedeSpans } from './repeats/supersede-spans';
import { UnfinishedSpans } from './repeats/unfinished-spans';
import { enterJournalStatements, keepPosition, readJournalLineage } from './restore/journal-rows';
import { countRows, loadStoreState, type StoreState } from './restore/load-store-state';
import { restoreState } from './restore/restore-state';
import { SpanIndex } from './span-index/span-index';
import { SequenceCounter } from './tables/sequence-counter';
import { StoreWriter } from './tables/store-writer';
import { createWaitingRows, type WaitingRows } from './tables/waiting-rows';
import { weighRows } from './tables/weigh-rows';
import { tidyStatements } from './tidy-statements';
import { openDatabase } from './upgrade/open-database';

/** The spans of at least so many recent ones are recognised when they are sent again. */
const RECENT_SPANS = 1_000_000;
const MAX_SERIES = 100_000;
const INDEXED_A_TURN = 4096;

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
  private readonly own: OwnMetrics;
  private readonly epochs: Epochs;
  private readonly cache: DictionaryCache;
  private readonly listeners: CommitListeners;
  private readonly writer: StoreWriter;
  private readonly spanIndex: SpanIndex;
  private readonly unfinished = new UnfinishedSpans();
  private committed: JournalPosition | null;
  /** Spans before this `seq` are committed. */
  private committedSpans: bigint;
  /** Committed rows, without the engine's metrics about itself. */
  counts = { spans: 0, logs: 0, points: 0 };

  private constructor(
    options: StoreOptions,
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
    const { series } = this;
    const { now } = options;
    this.own = new OwnMetrics({ rows, series, now }, state.derivedSpanSeq);
    this.committed = state.position;
    this.committedSpans = state.nextSpanSeq;
    this.cache = new DictionaryCache(this.dictionary, this.series);
    this.writer = new StoreWriter(database, rows);
    this.spanIndex = new SpanIndex(join(dirname(options.path), SPAN_INDEX_FOLDER), database, {
      spanSeq: state.nextSpanSeq,
      attributeId: state.nextIds.attribute,
    });
    this.epochs = new Epochs({
      rows,
      dictionary: this.dictionary,
      series,
      spanSeq: this.spanSeq,
      logSeq: this.logSeq,
      spanIndex: this.spanIndex,
      now,
    });
    const on = (lane: Database): StoreReader => ({
      database: lane,
      dictionary: this.cache.reader(lane),
      commits: this.listeners,
      spanIndex: () => this.spanIndex,
    });
    this.reader = on(database);
    const { tempo, loki, prometheus, findings, errors, export: exporting } = database.lanes;
    this.lanes = {
      ...{ tempo: on(tempo), loki: on(loki), prometheus: on(prometheus) },
      ...{ findings: on(findings), errors: on(errors), export: on(exporting) },
    };
  }

  /** Rejects with `StoreRefused` or DuckDB's error when the file cannot be opened. */
  static async open(options: StoreOptions): Promise<Store> {
    const database = await openDatabase(options.path);
    try {
      const store = new Store(options, database, await loadStoreState(database, options.now()));
      store.counts = await countRows(database, store.own.selfSeries);
      return store;
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** How old points may be when they arrive: older ones would be deleted at once. */
  keepFor(maxAgeHours: number): void {
    this.decoder.metrics.maxAgeMs = maxAgeHours * 3_600_000;
  }

  /** Everything before this is in the database. */
  position(): JournalPosition | null {
    return this.committed;
  }

  /** The life of the journal that `position` counts in; null before the first. */
  async journalLineage(): Promise<string | null> {
    return await readJournalLineage(this.database);
  }

  /** From now on positions count in another life of the journal, of which everything before `from` is in the database. */
  async enterJournal(lineage: string, from: JournalPosition | null): Promise<void> {
    await this.transact(enterJournalStatements(lineage, from));
    this.committed = from;
  }

  /** How much waits for a commit: see `weighRows`. */
  waiting(): number {
    return weighRows(this.rows);
  }

  /** Throws on bytes that are not the signal's request; nothing of it waits then. */
  decode(signal: Signal, payload: Uint8Array, crc: number, receivedMs: number): void {
    this.epochs.advance();
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
    await this.writer.begin();
    keepPosition(this.rows, position);
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
    keepDeltaTotals(this.rows, this.decoder.metrics.takeChangedTotals());
    if (this.rows.deltaTotals.length > 0) await this.commit(null);
    await this.transact(tidyStatements(nowMs, this.committed));
  }

  /** Deletes all telemetry; nothing may wait for a commit. Numbers go on where they were. */
  async clean(nowMs: number): Promise<void> {
    await this.transact(cleanStatements(this, nowMs));
    this.epochs.startGeneration(nowMs);
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
      this.own.forget(gone);
    }
    this.series.restoreMetadata(await this.database.rows('SELECT name, type, unit, help FROM metric_metadata'));
    this.cache.clear();
    this.counts = await countRows(this.database, this.own.selfSeries);
    const [spans] = await this.database.rows<{ first: bigint | null }>('SELECT min(seq) AS first FROM spans');
    this.spanIndex.forget(spans!.first ?? this.committedSpans);
  }

  /** Counts the spans committed since the last time into metrics; runs beside decoding and committing, one at a time. */
  collectDerived(): Promise<DerivedBatch> {
    const repeated = this.unfinished.repeatedBefore(this.committedSpans);
    return this.own.collectDerived(this.reader, this.committedSpans, repeated);
  }

  /** Adds what was collected to what waits, in the caller's turn; alone, it is committed at once. Rejects as `commit`. */
  async writeDerived(batch: DerivedBatch): Promise<void> {
    const isAlone = this.waiting() === 0;
    this.own.addDerived(batch);
    this.unfinished.counted(batch.countedTo);
    if (isAlone && this.waiting() > 0) await this.commit(null);
  }

  /** Spans and requests that derived metrics count together for want of room. */
  derivedOverflow(): number {
    return this.own.overflow();
  }

  /** Series, without those of the engine's metrics about itself. */
  seriesCount(): number {
    return this.series.series.size - this.own.selfSeries.size;
  }

  /** Adds the engine's metrics about itself to what waits, as `writeDerived`. */
  async writeSelf(report: EngineReport, storeBytes: number): Promise<void> {
    const isAlone = this.waiting() === 0;
    this.own.addSelf(report, storeBytes);
    if (isAlone) await this.commit(null);
  }

  /** What was committed since the last checkpoint is gone then. */
  async close(): Promise<void> {
    await this.spanIndex.close();
    this.writer.close();
    this.database.close();
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
    const points = rows.samples.length + rows.exponentialHistograms.length - this.own.takeSelfWritten();
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
}
