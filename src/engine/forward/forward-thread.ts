import { Worker } from 'node:worker_threads';
import type { EngineConfig, ForwardConfig, ForwardStats } from '../../shared/engine-messages';
import type { Problem } from '../../shared/problem';
import type { JournalPosition } from '../journal/journal-writer-port';
import type { ForwardWorkerCommand, ForwardWorkerMessage, ForwardWorkerStart } from './forward-worker-messages';
import { readPositions, removePositions } from './position-file';

/** The receive thread's end of forwarding; its thread runs from the first destination on. */
export interface ForwardThread {
  /** The oldest journal segment that an earlier run had not sent; null when there is none. */
  readonly neededFrom: number | null;
  /** Resolves when what is received from now on goes where the configuration says. Problems change nothing. */
  configure(forward: ForwardConfig): Promise<Problem | null>;
  journalAdvanced(): void;
  setRetention(retention: EngineConfig['retention']): void;
  /** The journal is closed: sends what is left, for at most `graceMs`. */
  drain(graceMs: number): Promise<void>;
}

export interface ForwardListeners {
  onStats(stats: readonly ForwardStats[]): void;
  /** Journal segments from this one on are to be kept; null: none are. */
  onNeeded(from: number | null): void;
  /** The thread ended by an error and is started again. */
  onProblem(problem: Problem): void;
  onSolved(kind: string): void;
  /** What ended the thread. */
  onFault(error: unknown): void;
}

const FAILED = 'forward-failed';
/** Requests that come one by one are gathered anyway. */
const ADVANCE_MS = 50;
const RESTART_MS = 1000;
/** For the end of a drained thread. */
const LATE_MS = 500;
/** A host that uses this engine says where to forward right at the start. */
const UNCLAIMED_MS = 60_000;

export function prepareForwarding(
  config: EngineConfig,
  journalEnd: () => JournalPosition,
  listeners: ForwardListeners,
): ForwardThread {
  return new ForwardSupervisor(config, journalEnd, listeners);
}

class ForwardSupervisor implements ForwardThread {
  readonly neededFrom: number | null;
  private worker: Worker | null = null;
  private forward: ForwardConfig | null = null;
  private retention: EngineConfig['retention'];
  private requests = 0;
  private readonly answers = new Map<number, (problem: Problem | null) => void>();
  private advancing: NodeJS.Timeout | undefined;
  private draining = false;
  private isMending = false;
  private readonly unclaimed: NodeJS.Timeout;

  constructor(
    private readonly config: EngineConfig,
    private readonly journalEnd: () => JournalPosition,
    private readonly listeners: ForwardListeners,
  ) {
    this.retention = config.retention;
    const saved = [...readPositions(config.dataDir).values()];
    this.neededFrom = saved.length === 0 ? null : Math.min(...saved.map(({ segment }) => segment));
    this.unclaimed = setTimeout(() => listeners.onNeeded(null), UNCLAIMED_MS);
    this.unclaimed.unref();
  }

  async configure(forward: ForwardConfig): Promise<Problem | null> {
    clearTimeout(this.unclaimed);
    if (!this.worker && forward.destinations.length === 0 && !this.isMending) {
      removePositions(this.config.dataDir);
      this.listeners.onNeeded(null);
      return null;
    }
    const problem = await this.send(forward);
    if (!problem) this.forward = forward;
    return problem;
  }

  journalAdvanced(): void {
    if (!this.worker || this.advancing) return;
    this.advancing = setTimeout(() => {
      this.advancing = undefined;
      this.post({ type: 'journal-advanced', end: this.journalEnd() });
    }, ADVANCE_MS);
    this.advancing.unref();
  }

  setRetention(retention: EngineConfig['retention']): void {
    this.retention = retention;
    this.post({ type: 'retention', retention });
  }

  async drain(graceMs: number): Promise<void> {
    this.draining = true;
    clearTimeout(this.unclaimed);
    clearTimeout(this.advancing);
    const { worker } = this;
    if (!worker) return;
    await new Promise<void>((resolve) => {
      worker.once('exit', () => resolve());
      this.post({ type: 'drain', end: this.journalEnd(), graceMs });
      setTimeout(() => worker.terminate(), graceMs + LATE_MS).unref();
    });
  }

  private send(forward: ForwardConfig): Promise<Problem | null> {
    this.worker ??= this.start();
    const requestId = this.requests++;
    return new Promise((resolve) => {
      this.answers.set(requestId, resolve);
      this.post({ type: 'configure', requestId, forward, at: this.journalEnd() });
    });
  }

  private start(): Worker {
    const { dataDir } = this.config;
    const start: ForwardWorkerStart = { dataDir, retention: this.retention, end: this.journalEnd() };
    const worker = new Worker(forwardWorkerFile(), { workerData: start, name: 'forward' });
    let failure = 'it exited';
    worker.on('message', (message: ForwardWorkerMessage) => this.receive(message));
    worker.on('error', (error) => {
      failure = error.stack ?? error.message;
      this.listeners.onFault(error);
    });
    worker.on('exit', () => this.ended(failure));
    return worker;
  }

  private receive(message: ForwardWorkerMessage): void {
    if (message.type === 'stats') this.listeners.onStats(message.stats);
    else if (message.type === 'needed') this.listeners.onNeeded(message.from);
    else if (message.type === 'configured') {
      this.answers.get(message.requestId)?.(message.problem);
      this.answers.delete(message.requestId);
    }
  }

  private ended(details: string): void {
    this.worker = null;
    for (const answer of this.answers.values()) answer(failed(details));
    this.answers.clear();
    if (this.draining || !this.forward) return;
    this.isMending = true;
    this.listeners.onProblem(failed(details));
    setTimeout(() => this.mend(), RESTART_MS).unref();
  }

  private async mend(): Promise<void> {
    if (this.draining || !this.forward) return;
    // The positions on the disk tell where to go on.
    if (await this.send(this.forward)) return;
    this.isMending = false;
    this.listeners.onSolved(FAILED);
  }

  private post(command: ForwardWorkerCommand): void {
    this.worker?.postMessage(command);
  }
}

function failed(details: string): Problem {
  return {
    kind: FAILED,
    message: 'Forwarding to the destinations broke off and is being started again.',
    hint: 'Local telemetry is not affected. Please report the details.',
    details,
  };
}

/** Built, it stands beside the engine's entry; run from the sources, it is TypeScript. */
function forwardWorkerFile(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('./forward-worker.ts', import.meta.url)
    : new URL('./forward-worker.mjs', import.meta.url);
}
