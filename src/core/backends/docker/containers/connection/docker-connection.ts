import { homedir } from 'node:os';
import type { RuntimeStatus } from '../../../../../shared/contract/backend';
import type { HostLog } from '../../../../log/host-log';
import { inBackground } from '../../../../log/in-background';
import type { ContainerEngine, EngineEventMessage } from '../container-engine';
import { DockerEngine } from '../docker-engine';
import type { EngineEndpoint, EngineEnvironment } from '../engine-endpoint';
import { watchEvents } from '../watch-events';
import { findEngine } from './find-engine';
import type { Finding } from './finding';
import { type Probe, probeEngine } from './probe-engine';
import { type ConnectionCommand, type ConnectionEvent, type ConnectionState, stopped } from './state';
import { transition } from './transition';

/** An engine that takes connections and is silent for this long hangs. */
const probeLimitMs = 2_000;
const checkIntervalMs = 1_500;
/** Between two looks, and between two subscriptions. */
const spacingMs = 1_000;
/** A check that comes this much too late tells of a sleep. */
const jumpMs = 5_000;

export type EngineSignal =
  /** List again: events may have been missed. */
  { type: 'resync' } | { type: 'event'; event: EngineEventMessage };

export interface DockerConnectionOptions {
  log: HostLog;
  environment?: EngineEnvironment;
  /** Unix milliseconds. */
  now?: () => number;
  /** Calls back after a pause of milliseconds. */
  schedule?: (run: () => void, milliseconds: number) => void;
}

/**
 * Keeps a connection to the container engine of this machine: finds it, says why there is none, notices when it ends, hangs
 * or comes back, and passes its events on. What to do is decided by `transition`; here the commands are run.
 */
export class DockerConnection {
  state: ConnectionState = stopped;
  /** Null unless `status.state` is `connected`. */
  engine: ContainerEngine | null = null;
  /** Looks and subscriptions so far. */
  tries = 0;
  private watch: AbortController | null = null;
  private readonly lastTryAt = { look: Number.NEGATIVE_INFINITY, watch: Number.NEGATIVE_INFINITY };
  /** Numbers the checks that wait: only the newest is made. */
  private checks = 0;
  private readonly listeners = new Set<() => void>();
  private readonly signalListeners = new Set<(signal: EngineSignal) => void>();
  private readonly environment: EngineEnvironment;
  private readonly now: () => number;
  private readonly schedule: NonNullable<DockerConnectionOptions['schedule']>;

  constructor(private readonly options: DockerConnectionOptions) {
    this.environment = options.environment ?? { env: process.env, home: homedir(), platform: process.platform };
    this.now = options.now ?? Date.now;
    this.schedule = options.schedule ?? ((run, milliseconds) => setTimeout(run, milliseconds).unref());
  }

  get status(): RuntimeStatus {
    const { state } = this;
    if (state.name === 'connected') {
      const { endpoint, reason, name, architecture } = state.engine;
      return { state: 'connected', endpoint: endpoint.url, reason, version: name, architecture };
    }
    if (state.name === 'away') return { ...state.missed };
    return { state: 'looking', endpoint: '', reason: '' };
  }

  /** Told of every change of `status` and `engine`. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  onSignal(listener: (signal: EngineSignal) => void): () => void {
    this.signalListeners.add(listener);
    return () => this.signalListeners.delete(listener);
  }

  start(): void {
    this.dispatch({ type: 'start' });
  }

  /** Looks at once instead of after the pause. */
  lookAgain(): void {
    this.dispatch({ type: 'look-again' });
  }

  stop(): void {
    this.dispatch({ type: 'stop' });
  }

  private dispatch(event: ConnectionEvent): void {
    const before = this.state;
    const { state, commands } = transition(before, event);
    this.state = state;
    if (state.name !== before.name) this.entered(state);
    for (const command of commands) this.run(command);
    if (state !== before) for (const listener of this.listeners) listener();
  }

  private entered(state: ConnectionState): void {
    this.options.log.info({ state: state.name, endpoint: this.status.endpoint }, 'container engine');
    this.engine = state.name === 'connected' ? new DockerEngine(state.engine.endpoint, state.engine.apiVersion) : null;
  }

  private run(command: ConnectionCommand): void {
    switch (command.do) {
      case 'look':
        this.spaced(command, () => this.inBackground('look', this.look(command.run)));
        break;
      case 'watch':
        this.spaced(command, () => this.inBackground('events', this.read(command.run)));
        break;
      case 'unwatch':
        this.watch?.abort();
        this.watch = null;
        break;
      case 'check':
        this.inBackground('check', this.check(command.run));
        break;
      case 'check-later':
        this.checkLater(command.run);
        break;
      case 'pause':
        this.schedule(() => this.dispatch({ type: 'look-again', run: command.run }), command.milliseconds);
        break;
      case 'resync':
        this.tell({ type: 'resync' });
        break;
    }
  }

  /** At most one look and one subscription a second, whatever the engine does. */
  private spaced(command: { do: 'look' | 'watch'; run: number }, attempt: () => void): void {
    const pause = this.lastTryAt[command.do] + spacingMs - this.now();
    const begin = () => {
      if (command.run !== this.state.run) return;
      this.lastTryAt[command.do] = this.now();
      this.tries += 1;
      attempt();
    };
    // A clock that was set back must not hold the next try up.
    if (pause > 0) this.schedule(begin, Math.min(pause, spacingMs));
    else begin();
  }

  private async look(run: number): Promise<void> {
    const probe = (endpoint: EngineEndpoint): Promise<Probe> => probeEngine(endpoint, probeLimitMs);
    const finding = await findEngine(this.environment, probe).catch((error: unknown) => this.unexplained(error));
    if ('found' in finding) this.dispatch({ type: 'found', run, engine: finding.found });
    else this.dispatch({ type: 'missed', run, missed: finding.missed });
  }

  /** A bug; the look comes to an end all the same, and there is a next one. */
  private unexplained(error: unknown): Finding {
    this.options.log.error({ work: 'container engine: look', error }, 'work in the background failed');
    const message = `Watchtower met an error of its own while it looked for a container engine: ${String(error)}`;
    return { missed: { state: 'absent', endpoint: '', reason: '', problem: { kind: 'unexpected-error', message } } };
  }

  private async read(run: number): Promise<void> {
    const { state } = this;
    if (state.name !== 'connected' || this.watch) return;
    const watch = new AbortController();
    this.watch = watch;
    try {
      await watchEvents(state.engine.endpoint, state.engine.apiVersion, {
        signal: watch.signal,
        onOpen: () => this.dispatch({ type: 'watching', run }),
        onEvent: (event) => this.tell({ type: 'event', event }),
      });
    } finally {
      watch.abort();
      if (this.watch === watch) {
        this.watch = null;
        this.dispatch({ type: 'events-ended', run });
      }
    }
  }

  private checkLater(run: number): void {
    const asked = this.now();
    this.checks += 1;
    const check = this.checks;
    this.schedule(() => {
      if (check !== this.checks) return;
      const late = this.now() - asked - checkIntervalMs;
      if (run === this.state.run && Math.abs(late) > jumpMs) {
        this.options.log.info({ milliseconds: late }, 'the clock jumped');
        this.dispatch({ type: 'clock-jumped' });
      } else this.dispatch({ type: 'check-due', run });
    }, checkIntervalMs);
  }

  private async check(run: number): Promise<void> {
    const { state } = this;
    if (state.name !== 'connected') return;
    const answer = await probeEngine(state.engine.endpoint, probeLimitMs);
    const alive = answer.found === 'engine' ? 'alive' : answer.found === 'silence' ? 'silent' : 'gone';
    this.dispatch({ type: 'checked', run, answer: alive });
  }

  private inBackground(name: string, work: Promise<unknown>): void {
    inBackground(`container engine: ${name}`, work, this.options.log);
  }

  private tell(signal: EngineSignal): void {
    for (const listener of this.signalListeners) listener(signal);
  }
}
