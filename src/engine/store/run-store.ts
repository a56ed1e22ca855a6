import { setTimeout as pause } from 'node:timers/promises';
import type { EngineConfig, EngineStats } from '../../shared/engine-messages';
import type { Problem } from '../../shared/problem';
import { Backoff } from '../faults/backoff';
import type { JournalPosition } from '../journal/journal-writer-port';
import type { EngineReport } from './derive/self-metrics';
import { describeBehind } from './describe-behind';
import { storeProblems } from './problems/store-problems';
import { StoreRefused } from './problems/store-refused';
import { CommitListeners } from './reader/commit-listeners';
import { followReader } from './reader/follow-reader';
import type { Lane, StoreReader } from './reader/reader';
import { type DatabaseWork, StoreSession } from './store-session';

export interface StoreRunEvents {
  onApplied(position: JournalPosition): void;
  onProblem(id: string, problem: Problem): void;
  onSolved(id: string): void;
  /** Once a second. */
  onStats(stats: Pick<EngineStats, 'stored' | 'leftOut' | 'diskBytes' | 'oldestAt'>): void;
}

/** The store at work: it applies the journal, checkpoints and deletes what is too old. */
export interface RunningStore {
  /** On the store's own connection; it and the lanes stay the same when the database has to be opened anew. */
  readonly reader: StoreReader;
  readonly lanes: Readonly<Record<Lane, StoreReader>>;
  journalAdvanced(): void;
  setRetention(retention: EngineConfig['retention']): void;
  /** Applied segments from this one on stay on the disk: they are still to be forwarded. Null: none are. */
  keepJournal(from: number | null): void;
  /**
   * Resolves when everything before the journal's position is visible to queries, also where the database has to be opened anew
   * meanwhile. Rejects with the signal's reason.
   */
  applied(position: JournalPosition, signal: AbortSignal): Promise<void>;
  /** Why it is not visible yet, in one sentence. */
  behind(position: JournalPosition): string;
  /** What the next metrics about the engine itself say; none are written before the first report. */
  report(report: EngineReport): void;
  /** Deletes all telemetry; answers how many bytes became free. */
  clean(): Promise<number>;
  /** Applies what the journal has and closes the database. */
  drain(): Promise<void>;
}

const TICK_MS = 1000;
const RETRY_MS = 1000;
/** How often one who waits for a commit looks for a database that was opened anew. */
const LOOK_MS = 50;
const LONGEST_RETRY_MS = 30_000;

/** Rejects with `StoreRefused` when the database cannot be opened for a cause that is not damage. */
export async function runStore(
  dataDir: string,
  limits: EngineConfig['retention'],
  events: StoreRunEvents,
  now: () => number = Date.now,
): Promise<RunningStore> {
  const listeners = new CommitListeners();
  let retention = limits;
  let keptFrom = Number.POSITIVE_INFINITY;
  let report: EngineReport | null = null;
  const draining = new AbortController();
  const reopening = new Backoff({ firstMs: RETRY_MS, lastMs: LONGEST_RETRY_MS, now, random: () => 1 });
  /** What the last session ended with, until it goes well again. */
  let failing: DatabaseWork | null = null;
  let restarting: Promise<void> | null = null;
  let maintenance: Promise<void> | null = null;
  const shown = new Map<string, Problem>();
  const show = (id: string, problem: Problem | null) => {
    if (problem) events.onProblem(id, problem);
    else if (shown.has(id)) events.onSolved(id);
    if (problem) shown.set(id, problem);
    else shown.delete(id);
  };
  const open = (holdMs = 0) => {
    const onFailed = (error: Error, work: DatabaseWork) => {
      if (restarting) return;
      failing = work;
      restarting = restart(error).finally(() => {
        restarting = null;
      });
    };
    const onWorked = (work: DatabaseWork) => {
      if (restarting || failing === null || (failing === 'checkpoint' && work === 'commit')) return;
      failing = null;
      reopening.succeeded();
      show('store-unwritable', null);
    };
    const onStuck = (error: Error | null) =>
      show('journal-unreadable', error && storeProblems.journalUnreadable(error));
    const { onApplied, onProblem } = events;
    const told = { onApplied, onProblem, onStuck, onFailed, onWorked };
    return StoreSession.open({
      dataDir,
      limits: retention,
      events: told,
      listeners,
      now,
      keptFrom: () => keptFrom,
      holdMs,
    });
  };
  const rest = (ms: number) => pause(ms, undefined, { signal: draining.signal }).catch(() => {});
  // The receivers are up, and say meanwhile why they take nothing.
  const openWhenThereIsSpace = async (): Promise<StoreSession> => {
    for (;;) {
      try {
        const opened = await open();
        show('store-unopened', null);
        return opened;
      } catch (error) {
        if (!(error instanceof StoreRefused) || error.problem.kind !== 'disk-full') throw error;
        show('store-unopened', error.problem);
        await pause(RETRY_MS);
      }
    }
  };
  let session = await openWhenThereIsSpace();

  // What was committed since the last checkpoint is applied again from the journal. Queries are answered before it is
  // tried again to write; what has failed is shown until it has gone well.
  const restart = async (failure: Error): Promise<void> => {
    let error: unknown = failure;
    await session.close();
    while (!draining.signal.aborted) {
      show('store-unwritable', storeProblems.unwritable(error, dataDir));
      reopening.failed(now(), null);
      await rest(RETRY_MS);
      if (draining.signal.aborted) return;
      try {
        session = await open(reopening.waitMs());
        if (draining.signal.aborted) await session.close();
        return;
      } catch (again) {
        error = again;
        await rest(reopening.waitMs());
      }
    }
  };
  const maintain = async () => {
    if (restarting) return;
    try {
      const problem = await session.maintain(report);
      show('store-maintenance', problem);
      // One cause is said once: what keeps a checkpoint from being begun says it now.
      if (problem && failing === 'checkpoint') show('store-unwritable', null);
      const { refused } = session.store.series;
      show('series-capped', refused > 0 ? storeProblems.seriesCapped(refused) : null);
      const overflow = session.store.derivedOverflow();
      show('span-metrics-capped', overflow > 0 ? storeProblems.spanMetricsCapped(overflow) : null);
      events.onStats(await session.stats());
    } catch (error) {
      if (!restarting) show('store-maintenance', storeProblems.maintenanceFailed(error, dataDir));
    }
  };
  const timer = setInterval(() => {
    maintenance ??= maintain().finally(() => {
      maintenance = null;
    });
  }, TICK_MS);

  return {
    reader: followReader(() => session.store.reader),
    lanes: {
      tempo: followReader(() => session.store.lanes.tempo),
      loki: followReader(() => session.store.lanes.loki),
      prometheus: followReader(() => session.store.lanes.prometheus),
      findings: followReader(() => session.store.lanes.findings),
      errors: followReader(() => session.store.lanes.errors),
      export: followReader(() => session.store.lanes.export),
    },
    journalAdvanced: () => session.journalAdvanced(),
    setRetention: (changed) => {
      retention = changed;
      session.setRetention(changed);
    },
    keepJournal: (from) => {
      keptFrom = from ?? Number.POSITIVE_INFINITY;
      // What cannot be deleted now is at the next checkpoint.
      session.deleteSegments().catch(() => {});
    },
    applied: async (position, signal) => {
      for (;;) {
        try {
          return await session.applied(position, signal);
        } catch (error) {
          if (signal.aborted) throw error;
          await pause(LOOK_MS, undefined, { signal });
        }
      }
    },
    behind: (position) => describeBehind(position, session.store.position(), [...shown.values()]),
    report: (latest) => {
      report = latest;
    },
    clean: () => session.clean(),
    drain: async () => {
      draining.abort();
      clearInterval(timer);
      await maintenance;
      if (restarting) await restarting;
      else await session.drain();
    },
  };
}
