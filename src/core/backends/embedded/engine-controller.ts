import type {
  EngineConfig,
  EngineMessage,
  EnginePorts,
  EngineServiceName,
  EngineStats,
  ForwardConfig,
  ForwardStats,
} from '../../../shared/engine-messages';
import type { Problem } from '../../../shared/problem';
import type { HostLog } from '../../log/host-log';
import { inBackground } from '../../log/in-background';
import { ProblemBook } from '../../problems/problem-book';
import { IngestMeter } from '../ingest-meter';
import { CleanRequests } from './clean-requests';
import { explainFatal } from './explain-fatal';
import { engineEnded, engineSilent, ForwardOrders } from './forward-orders';
import { LifeStory } from './life-story';
import { SilenceWatch } from './silence-watch';
import type { EngineProcess, SpawnEngine } from './spawn-engine';
import { type Crash, type EngineCommandToRun, type EngineEvent, type EngineState, stopped } from './state';
import { transition } from './transition';

/** The host ends within 5 s of SIGTERM: an engine that drains longer is killed; its journal keeps what it had accepted. */
const drainMs = 4_000;

export interface ServiceReport {
  state: 'starting' | 'up' | 'down';
  detail?: string;
}

export interface EngineControllerOptions {
  config: EngineConfig;
  spawn: SpawnEngine;
  log: HostLog;
  now?: () => number;
  /** Calls back after a pause of milliseconds; a test shortens it. */
  schedule?: (run: () => void, milliseconds: number) => void;
}

/**
 * Keeps one engine process running. What it should do is decided by `transition`; here the commands are run and the
 * engine's reports are gathered. Listeners are told of every change and then read the fields.
 */
export class EngineController {
  state: EngineState = stopped;
  stats: EngineStats | null = null;
  /** Of each destination; none while the engine does not run. */
  forwardStats: readonly ForwardStats[] = [];
  readonly services = new Map<EngineServiceName, ServiceReport>();
  readonly problems = new ProblemBook();
  readonly ingest = new IngestMeter();
  private config: EngineConfig;
  private process: EngineProcess | null = null;
  /** Settles before the exit that follows a fatal message is looked at. */
  private explaining: Promise<void> = Promise.resolve();
  private readonly listeners = new Set<() => void>();
  /** Holds secrets: kept in memory and told to the engine alone. */
  private forward: ForwardConfig = { destinations: [], redaction: [] };
  private readonly orders: ForwardOrders;
  private readonly cleaning = new CleanRequests();
  private readonly silence: SilenceWatch;
  private readonly story: LifeStory;
  private readonly schedule: NonNullable<EngineControllerOptions['schedule']>;

  constructor(private readonly options: EngineControllerOptions) {
    this.config = options.config;
    this.schedule = options.schedule ?? ((run, milliseconds) => setTimeout(run, milliseconds).unref());
    this.orders = new ForwardOrders(this.schedule);
    const onChange = () => this.changed();
    this.silence = new SilenceWatch(this.problems, onChange);
    const { log } = options;
    this.story = new LifeStory({ problems: this.problems, log, schedule: this.schedule, onChange });
  }

  /** The ports of the running engine, else the chosen ones (0 where the system will choose). */
  get ports(): EnginePorts {
    return this.config.ports;
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start(): void {
    this.dispatch({ type: 'start' });
  }

  restart(): void {
    this.dispatch({ type: 'restart' });
  }

  /** Resolves when the engine is gone: drained, or killed when it took too long. */
  stop(): Promise<void> {
    this.dispatch({ type: 'stop' });
    return this.until((state) => state.name === 'stopped');
  }

  async until(reached: (state: EngineState) => boolean): Promise<void> {
    if (reached(this.state)) return;
    await new Promise<void>((resolve) => {
      const unsubscribe = this.subscribe(() => {
        if (!reached(this.state)) return;
        unsubscribe();
        resolve();
      });
    });
  }

  /** Deletes all telemetry; resolves to the bytes freed, or null when the engine is not running or ended meanwhile. */
  async clean(): Promise<number | null> {
    if (this.state.name !== 'ready' || !this.process) return null;
    return this.cleaning.send(this.process);
  }

  /**
   * From the time it resolves on, what is received goes to these destinations and to no other; every engine that starts
   * is told the same. Resolves at once while none runs. A Problem (`destination-invalid`, `redaction-rule-invalid`,
   * `forward-failed`) leaves the engine as it was, and what it is told at its next start.
   */
  async setForward(forward: ForwardConfig): Promise<Problem | null> {
    const { process } = this;
    const problem = process && (await this.orders.send(process, forward));
    if (!problem) {
      this.forward = forward;
      this.problems.solve('forward');
    }
    // It may come to it yet.
    if (process && problem === engineSilent)
      this.inBackground('forward again', this.orders.send(process, this.forward));
    return problem;
  }

  setRetention(retention: EngineConfig['retention']): void {
    this.config = { ...this.config, retention };
    this.process?.send({ type: 'retention', retention });
    this.changed();
  }

  get retention(): EngineConfig['retention'] {
    return this.config.retention;
  }

  /** False where there is none of this id that a person may end. */
  dismissProblem(id: string): boolean {
    const dismissed = this.problems.dismiss(id);
    if (dismissed) this.changed();
    return dismissed;
  }

  private dispatch(event: EngineEvent): void {
    const before = this.state;
    const { state, commands } = transition(before, event);
    this.state = state;
    if (state.name !== before.name || state.run !== before.run) this.story.entered(state);
    for (const command of commands) this.run(command);
    this.changed();
  }

  private run(command: EngineCommandToRun): void {
    const { run } = command;
    switch (command.do) {
      case 'spawn': {
        this.story.spawning(this.state);
        this.services.clear();
        this.process = this.options.spawn(this.config, {
          onMessage: (message) => this.receive(run, message),
          onExit: (crash) => this.exited(run, crash),
        });
        // Always: an engine that is told of no destination need not keep what it had for an earlier one.
        this.inBackground(
          'forward',
          this.orders.send(this.process, this.forward).then((problem) => this.sayForward(run, problem)),
        );
        this.silence.heard(run);
        return;
      }
      case 'drain':
        this.process?.send({ type: 'drain' });
        this.schedule(() => this.dispatch({ type: 'drain-overdue', run }), drainMs);
        return;
      case 'kill':
        this.process?.kill();
        return;
      case 'pause':
        this.schedule(() => this.dispatch({ type: 'pause-over', run }), command.milliseconds);
        return;
    }
  }

  private receive(run: number, message: EngineMessage): void {
    if (run !== this.state.run || !this.process) return;
    switch (message.type) {
      case 'listening':
        // A restarted engine listens where the first one did, also where the system had chosen: SDKs still send there.
        this.config = { ...this.config, ports: message.ports };
        this.dispatch({ type: 'listening', run, ports: message.ports });
        break;
      case 'ready':
        this.dispatch({ type: 'ready', run });
        break;
      case 'fatal':
        this.explaining = this.explainFatal(run, message.problem);
        this.inBackground('fatal', this.explaining);
        break;
      case 'service':
        this.services.set(message.name, {
          state: message.state,
          ...(message.detail !== undefined && { detail: message.detail }),
        });
        break;
      case 'stats':
        this.stats = message.stats;
        this.ingest.add(message.stats);
        this.silence.heard(run);
        break;
      case 'forward-stats':
        this.forwardStats = message.stats;
        break;
      case 'forwarding':
        this.orders.answered(message.requestId, message.problem ?? null);
        break;
      case 'log': {
        const { type: _, ...fault } = message;
        this.options.log.error(fault, 'engine fault');
        return;
      }
      case 'problem':
        this.showReported(message.id, message.problem, run);
        break;
      case 'problem-solved':
        this.problems.solve(message.id);
        break;
      case 'cleaned':
        this.cleaning.answered(message.requestId, message.freedBytes);
        break;
    }
    this.changed();
  }

  /** A message that counts comes every second: it is logged once. */
  private showReported(id: string, problem: Problem, run: number): void {
    if (this.problems.get(id)?.kind !== problem.kind) this.options.log.warn({ id, problem }, 'engine problem');
    this.problems.show(id, problem, run);
  }

  /** What an engine that has just started makes of the destinations. */
  private sayForward(run: number, problem: Problem | null): void {
    if (run !== this.state.run || problem === engineEnded || problem === engineSilent) return;
    if (problem) this.problems.show('forward', problem, run);
    else this.problems.solve('forward');
    this.changed();
  }

  private async explainFatal(run: number, problem: Problem): Promise<void> {
    const explained = await explainFatal(problem, this.config.ports, () => this.pid);
    this.dispatch({ type: 'fatal', run, problem: explained });
  }

  private exited(run: number, crash: Crash): void {
    if (run !== this.state.run) return;
    this.silence.stop();
    this.problems.endRun(run);
    this.process = null;
    this.ingest.stop();
    for (const name of this.services.keys()) this.services.set(name, { state: 'down' });
    this.cleaning.ended();
    this.forwardStats = [];
    this.orders.ended();
    const at = (this.options.now ?? Date.now)();
    // Whatever became of the explanation: an exit that is not told would leave the engine for dead.
    this.inBackground(
      'exit',
      this.explaining.catch(() => {}).then(() => this.dispatch({ type: 'exited', run, at, crash })),
    );
  }

  private inBackground(name: string, work: Promise<unknown>): void {
    inBackground(`engine: ${name}`, work, this.options.log);
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
