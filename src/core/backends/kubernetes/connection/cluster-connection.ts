import { homedir } from 'node:os';
import type { HostLog } from '../../../log/host-log';
import { inBackground } from '../../../log/in-background';
import type { KubeEnvironment } from '../api/read-kubeconfig';
import type { FoundCluster, MissedCluster } from './finding';
import { checkCluster, type Look, lookForCluster } from './look-for-cluster';
import { type ConnectionCommand, type ConnectionEvent, type ConnectionState, stopped } from './state';
import { transition } from './transition';

/** Together with the pause before it less than the five seconds in which silence is said. */
const checkLimitMs = 3_000;
const checkIntervalMs = 2_000;
/** A check that comes this much too late tells of a sleep. */
const jumpMs = 5_000;

export interface ClusterConnectionOptions {
  target(): Pick<Look, 'context' | 'owned'>;
  log: HostLog;
  environment?: KubeEnvironment;
  /** Unix milliseconds. */
  now?: () => number;
  /** Calls back after a pause of milliseconds. */
  schedule?: (run: () => void, milliseconds: number) => void;
}

/**
 * Keeps a connection to one cluster: says why there is none, notices when it ends, hangs or comes back. What to do is decided
 * by `transition`; here the commands are run.
 */
export class ClusterConnection {
  state: ConnectionState = stopped;
  private readonly listeners = new Set<() => void>();
  private readonly sleepListeners = new Set<() => void>();
  private readonly environment: KubeEnvironment;
  private readonly now: () => number;
  private readonly schedule: NonNullable<ClusterConnectionOptions['schedule']>;

  constructor(private readonly options: ClusterConnectionOptions) {
    this.environment = options.environment ?? { env: process.env, home: homedir() };
    this.now = options.now ?? Date.now;
    this.schedule = options.schedule ?? ((run, milliseconds) => setTimeout(run, milliseconds).unref());
  }

  /** Null unless connected. */
  get cluster(): FoundCluster | null {
    return this.state.name === 'connected' ? this.state.cluster : null;
  }

  /** Why there is no cluster; null while one is there or was not looked for yet. */
  get missed(): MissedCluster | null {
    return this.state.name === 'away' ? this.state.missed : null;
  }

  /** Told of every change of `state`. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Told when the machine slept: what was being listened to may have ended without a word. */
  onSleep(listener: () => void): () => void {
    this.sleepListeners.add(listener);
    return () => this.sleepListeners.delete(listener);
  }

  start(): void {
    this.dispatch({ type: 'start' });
  }

  stop(): void {
    this.dispatch({ type: 'stop' });
  }

  /** Looks at once instead of after the pause. */
  lookAgain(): void {
    this.dispatch({ type: 'look-again' });
  }

  /** Resolves when it is known whether there is a cluster. */
  async looked(): Promise<void> {
    while (this.state.name === 'looking') {
      await new Promise<void>((resolve) => {
        const end = this.subscribe(() => {
          end();
          resolve();
        });
      });
    }
  }

  private dispatch(event: ConnectionEvent): void {
    const before = this.state;
    const { state, commands } = transition(before, event);
    this.state = state;
    if (state.name !== before.name) this.options.log.info({ state: state.name, ...this.options.target() }, 'cluster');
    for (const command of commands) this.run(command);
    if (state !== before) for (const listener of [...this.listeners]) listener();
  }

  private run(command: ConnectionCommand): void {
    const { run } = command;
    switch (command.do) {
      case 'look':
        this.inBackground('look', this.look(run));
        break;
      case 'check':
        this.inBackground('check', this.check(run));
        break;
      case 'check-later':
        this.checkLater(run);
        break;
      case 'pause':
        this.schedule(() => this.dispatch({ type: 'look-again', run }), command.milliseconds);
        break;
    }
  }

  private async look(run: number): Promise<void> {
    const found = await lookForCluster({ ...this.options.target(), environment: this.environment });
    this.dispatch('api' in found ? { type: 'found', run, cluster: found } : { type: 'missed', run, missed: found });
  }

  private async check(run: number): Promise<void> {
    if (this.cluster) this.dispatch({ type: 'checked', run, missed: await checkCluster(this.cluster, checkLimitMs) });
  }

  private checkLater(run: number): void {
    const dueAt = this.now() + checkIntervalMs;
    this.schedule(() => {
      if (run === this.state.run && this.now() - dueAt > jumpMs) for (const listener of this.sleepListeners) listener();
      this.dispatch({ type: 'check-due', run });
    }, checkIntervalMs);
  }

  private inBackground(name: string, work: Promise<unknown>): void {
    inBackground(`cluster: ${name}`, work, this.options.log);
  }
}
