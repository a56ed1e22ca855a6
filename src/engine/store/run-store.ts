import { rm } from 'node:fs/promises';
import type { EngineConfig, EngineStats } from '../../shared/engine-messages';
import type { Problem } from '../../shared/problem';
import { journalFolder, listSegments, segmentPath } from '../journal/journal-format';
import { JournalReader } from '../journal/journal-reader';
import type { JournalPosition } from '../journal/journal-writer-port';
import { quarantineDamage } from '../journal/quarantine-damage';
import { databasePath } from './database-path';
import { DERIVE_EVERY_MS } from './derive/derived-metrics';
import { diskUsage, sizeOf } from './disk-usage';
import { JournalApplier } from './journal-applier';
import type { StoreReader } from './reader';
import { openOrRecoverStore, writeCheckpoint } from './recover-store';
import { Retention } from './retention';
import type { Store } from './store';

export interface StoreRunEvents {
  onApplied(position: JournalPosition): void;
  onProblem(id: string, problem: Problem): void;
  onSolved(id: string): void;
  /** Once a second. */
  onStats(stats: Pick<EngineStats, 'stored' | 'diskBytes' | 'oldestAt'>): void;
}

/** The store at work: it applies the journal, checkpoints and deletes what is too old. */
export interface RunningStore {
  readonly reader: StoreReader;
  journalAdvanced(): void;
  setRetention(retention: EngineConfig['retention']): void;
  /** Deletes all telemetry; answers how many bytes became free. */
  clean(): Promise<number>;
  /** Applies what the journal has and closes the database. */
  drain(): Promise<void>;
}

const TICK_MS = 1000;
const RETENTION_MS = 30_000;
/** While telemetry flows the log grows to the first bound before it is moved into the database, else to the second. */
const CHECKPOINT_BYTES = 64 * 1024 * 1024;
const IDLE_CHECKPOINT_BYTES = 256 * 1024;
const IDLE_MS = 3000;

/** Rejects with DuckDB's error when the database cannot be opened for a cause that is not damage. */
export async function runStore(
  dataDir: string,
  limits: EngineConfig['retention'],
  events: StoreRunEvents,
  now: () => number = Date.now,
): Promise<RunningStore> {
  const { store, problems } = await openOrRecoverStore(dataDir, { now });
  for (const problem of problems) events.onProblem(problem.kind, problem);
  const folder = journalFolder(dataDir);
  const journal = new JournalReader(folder, store.position(), async (damage) => {
    events.onProblem(`journal-damaged-${damage.segment}`, await quarantineDamage(dataDir, folder, damage));
  });
  let appliedMs = now();
  const applier = new JournalApplier(store, journal, {
    ...events,
    onApplied: (position) => {
      appliedMs = now();
      events.onApplied(position);
    },
  });
  const retention = new Retention(store, dataDir, limits, now);
  let retainedMs = Number.NEGATIVE_INFINITY;
  let derivedMs = now();
  let maintenance: Promise<void> | null = null;
  let failing = false;

  const checkpoint = async () => {
    await store.tidy(now());
    await store.checkpoint();
    writeCheckpoint(dataDir, store.position());
    const applied = store.position()?.segment ?? 0;
    for (const { segment } of listSegments(folder)) {
      if (segment < applied) await rm(segmentPath(folder, segment), { force: true });
    }
  };
  const retain = async () => {
    if (await retention.run()) await checkpoint();
  };
  const derive = async () => {
    const batch = await store.collectDerived();
    await applier.schedule(() => store.writeDerived(batch));
  };
  const maintain = async () => {
    if (now() - derivedMs >= DERIVE_EVERY_MS) {
      derivedMs = now();
      await derive();
    }
    const walBytes = sizeOf(`${databasePath(dataDir)}.wal`);
    const bound = now() - appliedMs > IDLE_MS ? IDLE_CHECKPOINT_BYTES : CHECKPOINT_BYTES;
    if (walBytes > bound) await applier.schedule(checkpoint);
    if (now() - retainedMs >= RETENTION_MS) {
      retainedMs = now();
      await applier.schedule(retain);
    }
    events.onStats(await readStats(store, dataDir));
  };
  const tick = () => {
    maintenance ??= maintain()
      .then(() => {
        if (failing) events.onSolved('store-maintenance');
        failing = false;
      })
      .catch((error: unknown) => {
        failing = true;
        events.onProblem('store-maintenance', maintenanceFailed(error));
      })
      .finally(() => {
        maintenance = null;
      });
  };
  // A new database is checkpointed at once: from here on, what its log may lose is in the journal.
  if (store.position() === null) await checkpoint();
  applier.start();
  const timer = setInterval(tick, TICK_MS);
  tick();

  return {
    reader: store.reader,
    journalAdvanced: () => applier.advanced(),
    setRetention: (changed) => {
      retention.limits = changed;
      retainedMs = Number.NEGATIVE_INFINITY;
    },
    clean: () =>
      applier.schedule(async () => {
        const before = await diskUsage(dataDir, store.reader.database);
        await store.clean(now());
        await checkpoint();
        const after = await diskUsage(dataDir, store.reader.database);
        return Math.max(0, before.used - after.used);
      }),
    drain: async () => {
      clearInterval(timer);
      await maintenance;
      await applier.drain();
      await journal.close();
      await store.close();
      if (sizeOf(`${databasePath(dataDir)}.wal`) === 0) writeCheckpoint(dataDir, store.position());
    },
  };
}

async function readStats(
  store: Store,
  dataDir: string,
): Promise<Pick<EngineStats, 'stored' | 'diskBytes' | 'oldestAt'>> {
  const { counts } = store;
  const isEmpty = counts.spans + counts.logs + counts.points === 0;
  const { total } = await diskUsage(dataDir, store.reader.database);
  return {
    stored: { ...counts, series: store.series.series.size },
    diskBytes: total,
    oldestAt: isEmpty ? null : await store.oldestMs(),
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
