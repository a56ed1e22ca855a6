import type { PullProgress } from '../../../../shared/contract/backend';
import type { Problem } from '../../../../shared/problem';
import { inBackground } from '../../../log/in-background';
import { type ContainerEngine, EngineFailure } from '../containers/container-engine';
import { explainWrongArchitecture } from '../containers/explain-wrong-architecture';
import { awaitProject } from './await-project';
import { explainEngineFailure } from './explain-engine-failure';
import { loadStackPlan, type StackSource } from './plan/load-stack-plan';
import { readComposeHashes } from './plan/read-compose-hashes';
import { projectLabel, type StackPlan } from './plan/stack-plan';
import type { ProjectWatch } from './project-watch';
import type { BringUpOptions } from './start/bring-up';
import { type Preparation, prepareStart } from './start/prepare-start';
import { pullImages } from './start/pull-images';
import { PullMeter } from './start/pull-meter';
import { startServices } from './start-services';
import type { StackCommand, StackEvent } from './state';
import { stopProject } from './stop-project';

export interface StackWorkOptions extends Pick<BringUpOptions, 'extraFiles' | 'backupFolder' | 'now' | 'log'> {
  source(): StackSource;
  project(): string;
  engine(): ContainerEngine | null;
  /** Of the engine's machine, in Docker's words. */
  architecture(): string | undefined;
  watch: ProjectWatch;
  dispatch(event: StackEvent): void;
  onChange(): void;
}

type Job = (engine: ContainerEngine, signal: AbortSignal) => Promise<StackEvent>;

/** Does what `transition` commands, one piece of work after the other, and dispatches how it went. */
export class StackWork {
  /** As last read from the compose file. */
  plan: StackPlan | null = null;
  /** Containers that this host started. */
  readonly started = new Set<string>();
  private preparation: Preparation = { decisions: [], missingImages: [] };
  private composeHashes: ReadonlyMap<string, string> = new Map();
  private meter: PullMeter | null = null;
  private current: Promise<void> = Promise.resolve();
  private aborter = new AbortController();

  constructor(private readonly options: StackWorkOptions) {}

  run(command: StackCommand): void {
    if (command.do === 'abort') this.abort();
    else this.begin(command.run, this.jobOf(command));
  }

  abort(): void {
    this.aborter.abort();
  }

  pullProgress(): PullProgress | null {
    return this.meter?.read() ?? null;
  }

  async load(): Promise<{ plan: StackPlan } | { problem: Problem }> {
    const outcome = await loadStackPlan(this.options.source());
    if ('plan' in outcome) this.plan = outcome.plan;
    return outcome;
  }

  bringUpOptions(): BringUpOptions {
    return {
      ...this.options,
      composeHashes: this.composeHashes,
      expectEnd: (id) => this.options.watch.expectEnd(id),
      onStart: (service, id) => {
        this.started.add(id);
        this.options.watch.forgetTroubles(service);
      },
    };
  }

  /** What was aborted is first let come to its end: a container that is just being made is then seen by the next work. */
  private begin(run: number, job: Job): void {
    const before = this.current;
    const aborter = new AbortController();
    this.aborter = aborter;
    const work = before.then(async () => {
      const event = await this.perform(run, job, aborter.signal);
      if (!aborter.signal.aborted) this.options.dispatch(event);
    });
    inBackground('stack: report', work, this.options.log);
    this.current = work.catch(() => {});
  }

  private jobOf(command: Exclude<StackCommand, { do: 'abort' }>): Job {
    const { run } = command;
    switch (command.do) {
      case 'prepare':
        return (engine) => this.prepare(engine, run);
      case 'pull':
        return (engine, signal) => this.pull(engine, signal, run);
      case 'start':
        return (engine, signal) => this.start(engine, signal, run);
      case 'await':
        return async (_engine, signal) => {
          await awaitProject(this.options.watch, signal);
          return { type: 'started', run, sight: this.options.watch.sight() };
        };
      case 'stop':
        return (engine) => this.stop(engine, run, command.clean);
    }
  }

  private async perform(run: number, job: Job, signal: AbortSignal): Promise<StackEvent> {
    const engine = this.options.engine();
    try {
      if (engine) return await job(engine, signal);
      throw new EngineFailure(0, 'it is not connected.');
    } catch (error) {
      if (error instanceof EngineFailure) return { type: 'failed', run, problem: explainEngineFailure(error) };
      if (signal.aborted) return { type: 'stopped', run };
      // A bug: told as what it is, and the next work can be done.
      this.options.log.error({ work: 'stack', error }, 'work in the background failed');
      return { type: 'failed', run, problem: unexpected(error) };
    }
  }

  private async prepare(engine: ContainerEngine, run: number): Promise<StackEvent> {
    const source = this.options.source();
    const loaded = await this.load();
    if ('problem' in loaded) return { type: 'failed', run, problem: loaded.problem };
    const [preparation, hashes] = await Promise.all([
      prepareStart(engine, loaded.plan, this.options.architecture()),
      readComposeHashes(source),
    ]);
    if ('problem' in preparation) return { type: 'failed', run, problem: preparation.problem };
    this.preparation = preparation;
    this.composeHashes = hashes;
    this.meter = new PullMeter(preparation.missingImages, this.options.now);
    return { type: 'prepared', run, missingImages: preparation.missingImages.length };
  }

  private async pull(engine: ContainerEngine, signal: AbortSignal, run: number): Promise<StackEvent> {
    const images = this.preparation.missingImages;
    const { onChange, architecture } = this.options;
    const meter = this.meter ?? new PullMeter(images, this.options.now);
    const problem = await pullImages(engine, { images, meter, signal, onProgress: onChange });
    if (problem) return { type: 'failed', run, problem };
    for (const image of images) {
      const found = (await engine.image(image))?.architecture;
      const wrong = explainWrongArchitecture(image, found ?? '', architecture() ?? found ?? '');
      if (wrong) return { type: 'failed', run, problem: wrong };
    }
    return { type: 'pulled', run };
  }

  private async start(engine: ContainerEngine, signal: AbortSignal, run: number): Promise<StackEvent> {
    const { plan } = this;
    const { watch } = this.options;
    if (!plan) throw new Error('A start was commanded before the compose file was read.');
    await engine.ensureNetwork(plan.network.name, plan.network.labels);
    for (const { name, labels } of plan.volumes) await engine.ensureVolume(name, labels);
    await startServices(engine, this.preparation.decisions, { ...this.bringUpOptions(), watch, signal });
    const sight = watch.sight();
    const problem = [...watch.records.values()].find((record) => record.problem)?.problem;
    return sight === 'none' && problem ? { type: 'failed', run, problem } : { type: 'started', run, sight };
  }

  private async stop(engine: ContainerEngine, run: number, clean: boolean): Promise<StackEvent> {
    const { watch } = this.options;
    const project = this.options.project();
    const expectEnd = (id: string) => watch.expectEnd(id);
    await stopProject(engine, { project, plan: this.plan, expectEnd });
    if (clean) {
      for (const { name } of await engine.volumes(projectLabel(project))) {
        expectEnd(name);
        await engine.removeVolume(name);
      }
    }
    for (const name of watch.records.keys()) watch.forgetTroubles(name);
    await watch.look();
    return { type: 'stopped', run };
  }
}

function unexpected(error: unknown): Problem {
  return {
    kind: 'unexpected-error',
    message: `Watchtower met an error of its own: ${error instanceof Error ? error.message : String(error)}`,
    hint: 'Try again. Please report it with the diagnostics: watchtower diagnostics.',
  };
}
