import type { BackendRemains, BackendStatus, ServiceLogLine } from '../../../../shared/contract/backend';
import type { Problem } from '../../../../shared/problem';
import type { HostLog } from '../../../log/host-log';
import { inBackground } from '../../../log/in-background';
import { type ContainerEngine, type ContainerFile, EngineFailure } from '../containers/container-engine';
import { describeStep } from './describe-step';
import { awaitLook, type EngineConnection, explainMissingEngine } from './engine-connection';
import { explainEngineFailure } from './explain-engine-failure';
import { listRemains } from './list-remains';
import { type StackPorts, serviceFacts } from './plan/service-facts';
import { ownLabels } from './plan/stack-plan';
import type { StackServiceName } from './plan/stack-service-name';
import { ProjectWatch } from './project-watch';
import { readPorts } from './read-ports';
import { describeService, isRunning } from './service-record';
import { type StackSettings, toSource } from './stack-settings';
import { StackWork } from './stack-work';
import { restartService } from './start/restart-service';
import { type StackEvent, type StackState, stopped } from './state';
import { transition } from './transition';
import { UsagePoll } from './usage-poll';

export interface StackControllerOptions {
  docker: EngineConnection;
  /** Read anew at each start. */
  settings(): StackSettings;
  /** Put in beside the compose file's configs, and instead of those of the same path. */
  extraFiles(service: StackServiceName): Promise<readonly ContainerFile[]>;
  maskSecrets(text: string): string;
  /** Copies of volumes go there before another major version opens them. */
  backupFolder: string;
  log: HostLog;
  now?: () => number;
}

type Outcome<Value> = Value | { problem: Problem };

/**
 * Owns the Docker stack: what to do is decided by `transition`, done by `StackWork`, and seen by `ProjectWatch`.
 * Commands resolve to a Problem where they do not fit. Listeners are told of every change and then read `status`.
 */
export class StackController {
  state: StackState = stopped;
  private engine: ContainerEngine | null = null;
  private readonly listeners = new Set<() => void>();
  private readonly watch: ProjectWatch;
  private readonly work: StackWork;
  private readonly usage: UsagePoll;
  private readonly unsubscribe: (() => void)[] = [];

  constructor(private readonly options: StackControllerOptions) {
    const { log, maskSecrets } = options;
    this.watch = new ProjectWatch({
      project: () => options.settings().project,
      engine: () => this.engine,
      volumeOwner: (volume) =>
        this.work.plan?.services.find(({ spec }) => spec.mounts.some((mount) => mount.volume === volume))?.name ?? null,
      maskSecrets,
      onChange: () => this.see(),
      log,
    });
    this.work = new StackWork({
      ...options,
      source: () => toSource(options.settings()),
      project: () => options.settings().project,
      now: options.now ?? Date.now,
      engine: () => this.engine,
      watch: this.watch,
      architecture: () => options.docker.status.architecture,
      dispatch: (event) => this.dispatch(event),
      onChange: () => this.changed(),
    });
    this.usage = new UsagePoll({
      engine: () => this.engine,
      records: () => this.watch.records.values(),
      onChange: () => this.changed(),
      log,
    });
  }

  /** Begins to watch; containers of the project that run already are taken over as they are. */
  start(): void {
    const { docker } = this.options;
    this.unsubscribe.push(
      docker.subscribe(() => this.followEngine()),
      docker.onSignal((signal) => {
        this.followEngine();
        if (signal.type === 'event') this.watch.handle(signal.event);
        else this.inBackground('look', this.watch.look());
      }),
    );
    const first = this.work.load().then(() => {
      this.followEngine();
      return this.watch.look();
    });
    this.inBackground('first look', first);
  }

  /** Stops watching. Containers stay as they are. */
  close(): void {
    for (const end of this.unsubscribe.splice(0)) end();
    this.work.abort();
    this.watch.close();
  }

  subscribe(listener: () => void, options: { usage?: boolean } = {}): () => void {
    this.listeners.add(listener);
    const endLook = options.usage ? this.usage.look() : undefined;
    return () => {
      this.listeners.delete(listener);
      endLook?.();
    };
  }

  status(): BackendStatus {
    const { state } = this;
    const records = [...this.watch.records.values()];
    return {
      place: this.options.settings().project,
      runtime: this.options.docker.status,
      state: state.name,
      step: describeStep(state, records),
      adopted: records.some((record) => isRunning(record) && !this.work.started.has(record.container!.id)),
      services: records.map((record) => {
        const planned = this.work.plan?.services.find(({ name }) => name === record.name);
        return describeService(record, planned?.spec.image ?? '');
      }),
      pull: state.name === 'pulling' ? this.work.pullProgress() : null,
      steps: [],
      problem: 'problem' in state ? state.problem : null,
    };
  }

  /** Those of the containers; where there are none, the wanted ones. */
  get ports(): StackPorts {
    return readPorts(this.watch.records.values(), this.options.settings().ports);
  }

  containerId(service: StackServiceName): string | null {
    return this.watch.record(service).container?.id ?? null;
  }

  /** Answers over HTTP now. */
  isReady(service: StackServiceName): boolean {
    return this.watch.record(service).ready;
  }

  /** False for a container that `docker compose` made: its configs are mounts and cannot be replaced. */
  configsCopied(service: StackServiceName): boolean {
    return this.watch.record(service).container?.labels[ownLabels.configs] === 'copied';
  }

  /** Returns once the work has begun. On a running stack it mends what is missing or differs. */
  async up(): Promise<Problem | null> {
    if (!(await this.foundEngine())) return this.explainMissingEngine();
    // What runs already is known before it is decided what to do.
    await this.watch.look();
    this.dispatch({ type: 'up' });
    return null;
  }

  /** Resolves when the containers are gone; volumes stay. */
  async down(): Promise<Problem | null> {
    if (!(await this.foundEngine())) return this.explainMissingEngine();
    this.dispatch({ type: 'down' });
    return this.settledProblem();
  }

  /** Ends a pull or a start; a stack that was running before it stays. */
  cancel(): Problem | null {
    this.dispatch({ type: 'cancel' });
    return null;
  }

  async restartService(service: StackServiceName): Promise<Problem | null> {
    return this.onOneService(service, false);
  }

  /** Makes the container anew; its volumes stay. */
  async recreateService(service: StackServiceName): Promise<Problem | null> {
    return this.onOneService(service, true);
  }

  async remains(): Promise<Outcome<{ remains: BackendRemains }>> {
    return this.ask((engine) => listRemains(engine, this.options.settings().project, this.work.plan), 'remains');
  }

  /** Deletes the containers, the network and the volumes of the project; resolves to what is gone. */
  async clean(): Promise<Outcome<{ remains: BackendRemains }>> {
    const outcome = await this.remains();
    if ('problem' in outcome) return outcome;
    this.dispatch({ type: 'clean' });
    const problem = await this.settledProblem();
    return problem ? { problem } : outcome;
  }

  async logs(
    service: StackServiceName,
    options: { tail: number; follow: boolean; signal: AbortSignal },
  ): Promise<Outcome<{ lines: AsyncIterable<ServiceLogLine> }>> {
    const id = this.containerId(service);
    if (!this.engine) return { problem: this.explainMissingEngine() };
    if (!id) {
      const message = `${serviceFacts[service].title} has no container, and so no log.`;
      return { problem: { kind: 'service-missing', message, hint: 'Start the stack first.' } };
    }
    return { lines: this.masked(this.engine.logs(id, options)) };
  }

  /** Resolves when no work is under way. */
  async settled(): Promise<StackState> {
    const atRest = () => ['stopped', 'ready', 'degraded', 'failed'].includes(this.state.name);
    while (!atRest()) {
      await new Promise<void>((resolve) => {
        const end = this.subscribe(() => {
          end();
          resolve();
        });
      });
    }
    return this.state;
  }

  private async settledProblem(): Promise<Problem | null> {
    const state = await this.settled();
    return state.name === 'failed' ? state.problem : null;
  }

  private async onOneService(service: StackServiceName, anew: boolean): Promise<Problem | null> {
    const engine = await this.foundEngine();
    if (!engine) return this.explainMissingEngine();
    if (this.state.name !== 'ready' && this.state.name !== 'degraded') {
      return {
        kind: 'stack-not-running',
        message: `The stack is ${this.state.name}: no single service can be restarted.`,
        hint: 'Start the stack, or wait until it is up.',
      };
    }
    const loaded = await this.work.load();
    if ('problem' in loaded) return loaded.problem;
    const restart = () => restartService(engine, loaded.plan, service, anew, this.work.bringUpOptions());
    const outcome = await this.ask(restart, 'problem');
    await this.watch.look();
    // The caller is told in any case. A service that goes on answering has no problem that would end by itself.
    const record = this.watch.record(service);
    record.problem = record.ready ? null : outcome.problem;
    this.changed();
    return outcome.problem;
  }

  private async *masked(lines: AsyncIterable<ServiceLogLine>): AsyncGenerator<ServiceLogLine> {
    for await (const line of lines) yield { ...line, text: this.options.maskSecrets(line.text) };
  }

  /** Runs a question to the engine; its refusal becomes a Problem. */
  private async ask<Key extends string, Value>(
    question: (engine: ContainerEngine) => Promise<Value>,
    key: Key,
  ): Promise<Outcome<Record<Key, Value>>> {
    const engine = await this.foundEngine();
    if (!engine) return { problem: this.explainMissingEngine() };
    try {
      return { [key]: await question(engine) } as Record<Key, Value>;
    } catch (error) {
      if (error instanceof EngineFailure) return { problem: explainEngineFailure(error) };
      throw error;
    }
  }

  /** The engine; while one is looked for, what is found. */
  private async foundEngine(): Promise<ContainerEngine | null> {
    await awaitLook(this.options.docker);
    this.followEngine();
    return this.engine;
  }

  private followEngine(): void {
    const { engine, status } = this.options.docker;
    const before = this.engine;
    this.engine = engine;
    if (before && !engine) {
      this.dispatch({ type: 'engine-lost', problem: status.problem ?? this.explainMissingEngine() });
      this.watch.askAll();
    } else if (!before && engine) {
      this.dispatch({ type: 'engine-back' });
    } else {
      this.changed();
    }
  }

  private explainMissingEngine(): Problem {
    return explainMissingEngine(this.options.docker);
  }

  /** Without an engine nothing is known of the containers. */
  private see(): void {
    if (this.engine) this.dispatch({ type: 'seen', sight: this.watch.sight() });
    else this.changed();
  }

  private dispatch(event: StackEvent): void {
    const before = this.state;
    const { state, commands } = transition(before, event);
    this.state = state;
    if (state.name !== before.name) {
      const problem = 'problem' in state && state.problem;
      this.options.log.info({ state: state.name, run: state.run, ...(problem && { problem }) }, 'stack');
    }
    for (const command of commands) this.work.run(command);
    this.changed();
  }

  private inBackground(name: string, work: Promise<unknown>): void {
    inBackground(`stack: ${name}`, work, this.options.log);
  }

  private changed(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
