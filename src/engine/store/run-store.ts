import { setTimeout as pause } from 'node:timers/promises';
import type { EngineConfig, EngineStats } from '../../shared/engine-messages';
import type { Problem } from '../../shared/problem';
import type { JournalPosition } from '../journal/journal-writer-port';
import { CommitListeners } from './commit-listeners';
import { databasePath } from './database-path';
import type { EngineReport } from './derive/self-metrics';
import { describeStoreFailure } from './describe-store-failure';
import { followReader } from './follow-reader';
import type { Lane, StoreReader } from './reader';
import { StoreRefused } from './store-refused';
import { StoreSession } from './store-session';

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
  /** What the next metrics about the engine itself say; none are written before the first report. */
  report(report: EngineReport): void;
  /** Deletes all telemetry; answers how many bytes became free. */
  clean(): Promise<number>;
  /** Applies what the journal has and closes the database. */
  drain(): Promise<void>;
}

const TICK_MS = 1000;
const RETRY_MS = 1000;

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
  let draining = false;
  let restarting: Promise<void> | null = null;
  let maintenance: Promise<void> | null = null;
  const shown = new Set<string>();
  const show = (id: string, problem: Problem | null) => {
    if (problem) events.onProblem(id, problem);
    else if (shown.has(id)) events.onSolved(id);
    if (problem) shown.add(id);
    else shown.delete(id);
  };
  const open = () => {
    const onFailed = (error: Error) => {
      restarting ??= restart(error).finally(() => {
        restarting = null;
      });
    };
    const { onApplied, onProblem } = events;
    return StoreSession.open(dataDir, retention, { onApplied, onProblem, onFailed }, listeners, now, () => keptFrom);
  };
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

  // What was committed since the last checkpoint is applied again from the journal.
  const restart = async (failure: Error): Promise<void> => {
    let error: unknown = failure;
    await session.close();
    while (!draining) {
      show('store-unwritable', unwritable(error, dataDir));
      await pause(RETRY_MS);
      try {
        session = await open();
        return show('store-unwritable', null);
      } catch (again) {
        error = again;
      }
    }
  };
  const maintain = async () => {
    if (restarting) return;
    try {
      show('store-maintenance', await session.maintain(report));
      show('series-capped', session.store.series.refused > 0 ? seriesCapped(session.store.series.refused) : null);
      const overflow = session.store.derivedOverflow();
      show('span-metrics-capped', overflow > 0 ? spanMetricsCapped(overflow) : null);
      events.onStats(await session.stats());
    } catch (error) {
      if (!restarting) show('store-maintenance', maintenanceFailed(error));
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
    report: (latest) => {
      report = latest;
    },
    clean: () => session.clean(),
    drain: async () => {
      draining = true;
      clearInterval(timer);
      await maintenance;
      if (restarting) await restarting;
      else await session.drain();
    },
  };
}

function unwritable(error: unknown, dataDir: string): Problem {
  const failure = describeStoreFailure(error, databasePath(dataDir));
  if (!failure.isDamage && failure.problem.kind !== 'store-failed') return failure.problem;
  return {
    kind: 'store-unwritable',
    message: 'The database cannot be written: received telemetry waits in the journal.',
    hint: 'It is tried again by itself.',
    details: String(error instanceof Error ? error.message : error),
  };
}

function seriesCapped(refused: number): Problem {
  return {
    kind: 'series-capped',
    message: `There are too many metric series: ${refused} points of new ones were left out.`,
    hint: 'Remove attributes with many values from the metrics; series go when their samples are too old to keep.',
  };
}

function spanMetricsCapped(overflow: number): Problem {
  return {
    kind: 'span-metrics-capped',
    message: `Spans have too many names for metrics of their own: ${overflow} were counted together, under metric_overflow="true".`,
    hint: 'Keep ids and addresses out of span names and in attributes; traces are not affected.',
  };
}

function maintenanceFailed(error: unknown): Problem {
  return {
    kind: 'store-maintenance',
    message: 'The database could not be tidied up: it may grow beyond its limits.',
    hint: 'It is tried again by itself; check that the disk has free space.',
    details: error instanceof Error ? error.message : String(error),
  };
}
