import { rm, statfs } from 'node:fs/promises';
import type { EngineConfig, EngineStats } from '../../shared/engine-messages';
import type { Problem } from '../../shared/problem';
import { findStart, type JournalStart } from '../journal/find-start';
import { journalFolder, listSegments, SEGMENT_BYTES, segmentPath } from '../journal/journal-format';
import { JournalReader } from '../journal/journal-reader';
import type { JournalPosition } from '../journal/journal-writer-port';
import { MARK_BYTES } from '../journal/lineage';
import { quarantineDamage } from '../journal/quarantine-damage';
import { DERIVE_EVERY_MS } from './derive/derived-metrics';
import { type EngineReport, SELF_EVERY_MS } from './derive/self-metrics';
import { diskUsage } from './disk-usage';
import { JournalApplier } from './journal-applier';
import { diskFull } from './problems/describe-store-failure';
import { JournalProblems } from './problems/journal-problems';
import type { CommitListeners } from './reader/commit-listeners';
import { openOrRecoverStore } from './recover-store';
import { Retention } from './retention';
import type { Store } from './store';
import { deleteBackups } from './upgrade/backups';

const RETENTION_MS = 30_000;
/** What is kept is measured so often when nothing seems to have changed. */
const STATS_MS = 15_000;
const MEBIBYTE = 1024 * 1024;
/** Journal applied since the last checkpoint, at most; after a kill so much is applied again. */
const CHECKPOINT_BYTES = 64 * MEBIBYTE;
/** When nothing arrives for so long, a checkpoint is made for less. */
const IDLE_MS = 3000;
/** A checkpoint that finds the disk full costs the whole session; it is not begun with less than this free. */
const CHECKPOINT_FREE_BYTES = 48 * MEBIBYTE;

type StoreStats = Pick<EngineStats, 'stored' | 'leftOut' | 'diskBytes' | 'oldestAt'>;

/** What was done to the database: where the second goes well, the first does. */
export type DatabaseWork = 'commit' | 'checkpoint';

interface SessionEvents {
  onApplied(position: JournalPosition): void;
  onProblem(id: string, problem: Problem): void;
  /** As of the applier. */
  onStuck(error: Error | null): void;
  /** With DuckDB's error; the session is to be closed, and another one opened. */
  onFailed(error: Error, work: DatabaseWork): void;
  onWorked(work: DatabaseWork): void;
}

interface SessionOptions {
  readonly dataDir: string;
  readonly limits: EngineConfig['retention'];
  readonly events: SessionEvents;
  readonly listeners: CommitListeners;
  readonly now: () => number;
  /** Applied journal segments from here on are not deleted. */
  readonly keptFrom: () => number;
  /** Queries are answered at once; for so many milliseconds nothing is written. */
  readonly holdMs: number;
}

/** One opening of the database, from recovery to its close or its failure. */
export class StoreSession {
  private readonly applier: JournalApplier;
  private readonly journal: JournalReader;
  private checkpointed: JournalPosition | null;
  /** Where a start without a checkpoint would read from. */
  private readonly firstSegment: number;
  private appliedMs: number;
  private retainedMs = Number.NEGATIVE_INFINITY;
  private derivedMs: number;
  private selfMs = Number.NEGATIVE_INFINITY;
  private measured: { key: string; at: number; stats: StoreStats } | null = null;

  private readonly dataDir: string;
  private readonly retention: Retention;
  private readonly events: SessionEvents;
  private readonly now: () => number;
  private readonly keptFrom: () => number;

  private constructor(
    readonly store: Store,
    { dataDir, limits, events, now, keptFrom, holdMs }: SessionOptions,
    start: JournalStart,
  ) {
    this.dataDir = dataDir;
    this.retention = new Retention(store, dataDir, limits, now);
    this.events = events;
    this.now = now;
    this.keptFrom = keptFrom;
    store.keepFor(limits.maxAgeHours);
    this.checkpointed = store.position();
    this.appliedMs = now();
    this.derivedMs = now();
    const folder = journalFolder(dataDir);
    this.firstSegment = listSegments(folder)[0]?.segment ?? 1;
    const problems = new JournalProblems(events.onProblem, start.ended);
    this.journal = new JournalReader(folder, store.position(), {
      onDamage: async (damage) => problems.damage(damage, await quarantineDamage(dataDir, folder, damage)),
      onGap: (gap) => problems.gap(gap),
    });
    if (start.isReplaced) problems.replaced();
    this.applier = new JournalApplier(store, this.journal, {
      onProblem: events.onProblem,
      onStuck: events.onStuck,
      onFailed: (error) => events.onFailed(error, 'commit'),
      onApplied: (position) => {
        this.appliedMs = this.now();
        events.onWorked('commit');
        events.onApplied(position);
      },
    });
    this.applier.start(holdMs);
    const position = store.position();
    if (position) events.onApplied(position);
  }

  /** Rejects with `StoreRefused` when the database cannot be opened for a cause that is not damage. */
  static async open(options: SessionOptions): Promise<StoreSession> {
    const { dataDir, events, listeners, now } = options;
    const { store, problems } = await openOrRecoverStore(dataDir, { now, listeners });
    for (const problem of problems) events.onProblem(problem.kind, problem);
    const lineage = await store.journalLineage();
    const start = findStart(dataDir, journalFolder(dataDir), store.position(), lineage);
    const isOther = start.isReplaced || start.lineage !== lineage;
    if (start.lineage !== null && isOther) await store.enterJournal(start.lineage, start.from);
    return new StoreSession(store, options, start);
  }

  journalAdvanced(): void {
    this.applier.advanced();
  }

  /** As of the applier. */
  applied(position: JournalPosition, signal: AbortSignal): Promise<void> {
    return this.applier.applied(position, signal);
  }

  setRetention(limits: EngineConfig['retention']): void {
    this.retention.limits = limits;
    this.store.keepFor(limits.maxAgeHours);
    this.retainedMs = Number.NEGATIVE_INFINITY;
  }

  /**
   * What is due now: metrics about the engine (once there is a report) and of spans, a checkpoint, retention. Answers a
   * problem that is not the end of the session.
   */
  async maintain(report: EngineReport | null): Promise<Problem | null> {
    if (this.applier.isHeld()) return null;
    if (this.applier.isCaughtUp()) this.events.onWorked('commit');
    if (report && this.now() - this.selfMs >= SELF_EVERY_MS) {
      this.selfMs = this.now();
      const { total } = await diskUsage(this.dataDir, this.store.reader.database);
      await this.applier.schedule(() => this.store.writeSelf(report, total));
    }
    if (this.now() - this.derivedMs >= DERIVE_EVERY_MS) {
      this.derivedMs = this.now();
      const batch = await this.store.collectDerived();
      await this.applier.schedule(() => this.store.writeDerived(batch));
    }
    const isRetentionDue = this.now() - this.retainedMs >= RETENTION_MS;
    const isJournalGone = this.isJournalGone();
    if (!isRetentionDue && !isJournalGone && !this.isCheckpointDue()) return null;
    const { bavail, bsize } = await statfs(this.dataDir);
    if (bavail * bsize < CHECKPOINT_FREE_BYTES) return diskFull();
    if (isRetentionDue) {
      this.retainedMs = this.now();
      await this.applier.schedule(async () => {
        if (await this.retention.run()) await this.checkpoint();
      });
    }
    if (isJournalGone || this.isCheckpointDue()) await this.applier.schedule(() => this.checkpoint());
    return null;
  }

  /** Deletes all telemetry; answers how many bytes became free. */
  clean(): Promise<number> {
    return this.applier.schedule(async () => {
      const before = await diskUsage(this.dataDir, this.store.reader.database);
      await this.store.clean(this.now());
      deleteBackups(this.dataDir, Number.POSITIVE_INFINITY);
      await this.checkpoint();
      const after = await diskUsage(this.dataDir, this.store.reader.database);
      return Math.max(0, before.used - after.used);
    });
  }

  /** What is kept. Asked anew when something was stored or deleted, and now and then for what others do to the files. */
  async stats(): Promise<StoreStats> {
    const { counts } = this.store;
    const stored = { ...counts, series: this.store.seriesCount() };
    const leftOut = this.store.leftOut.read();
    const key = JSON.stringify([stored, leftOut.points, this.store.position(), this.checkpointed]);
    if (this.measured?.key === key && this.now() - this.measured.at < STATS_MS)
      return { ...this.measured.stats, leftOut };
    const at = this.now();
    const isEmpty = counts.spans + counts.logs + counts.points === 0;
    const { total } = await diskUsage(this.dataDir, this.store.reader.database);
    const stats = { stored, leftOut, diskBytes: total, oldestAt: isEmpty ? null : await this.store.oldestMs() };
    this.measured = { key, at, stats };
    return stats;
  }

  /** Deletes the segments that nobody needs any more. */
  async deleteSegments(): Promise<void> {
    const folder = journalFolder(this.dataDir);
    const needed = Math.min(this.checkpointed?.segment ?? 0, this.keptFrom());
    for (const { segment } of listSegments(folder)) {
      if (segment < needed) await rm(segmentPath(folder, segment), { force: true });
    }
  }

  /** Applies what the journal has, checkpoints and closes. */
  async drain(): Promise<void> {
    await this.applier.drain();
    if (this.store.position() !== this.checkpointed) await this.checkpoint().catch(() => {});
    await this.close();
  }

  /** Closes as it is: the journal has what is not checkpointed. */
  async close(): Promise<void> {
    await this.applier.abandon();
    await this.journal.close();
    await this.store.close();
  }

  /** What is applied since the last checkpoint could not be read again: the files were removed from under this process. */
  private isJournalGone(): boolean {
    const applied = this.store.position();
    if (applied === null || applied === this.checkpointed) return false;
    const present = new Set(listSegments(journalFolder(this.dataDir)).map(({ segment }) => segment));
    const from = this.checkpointed?.segment ?? this.firstSegment;
    for (let segment = from; segment <= applied.segment; segment++) if (!present.has(segment)) return true;
    return false;
  }

  private isCheckpointDue(): boolean {
    const applied = this.store.position();
    if (applied === null || applied === this.checkpointed) return false;
    // A journal that holds its mark alone has nothing that a start would have to apply.
    const from = this.checkpointed ?? { segment: 1, position: MARK_BYTES };
    const bytes = (applied.segment - from.segment) * SEGMENT_BYTES + applied.position - from.position;
    if (this.now() - this.appliedMs > IDLE_MS) return bytes > 0;
    return bytes > Math.min(CHECKPOINT_BYTES, this.retention.limits.maxBytes / 8);
  }

  private async checkpoint(): Promise<void> {
    const position = this.store.position();
    try {
      await this.store.tidy(this.now());
      await this.store.checkpoint();
    } catch (error) {
      this.events.onFailed(error as Error, 'checkpoint');
      throw error;
    }
    this.events.onWorked('checkpoint');
    this.checkpointed = position;
    await this.deleteSegments();
  }
}
