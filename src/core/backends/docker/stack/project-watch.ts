import type { HostLog } from '../../../log/host-log';
import { inBackground } from '../../../log/in-background';
import type { ContainerEngine, EngineEventMessage } from '../containers/container-engine';
import { serviceFacts, serviceNames } from './plan/service-facts';
import { composeLabels, projectLabel } from './plan/stack-plan';
import type { StackServiceName } from './plan/stack-service-name';
import { probeService } from './probe-service';
import { ReadinessWatch } from './readiness-watch';
import { isRunning, newRecord, type ServiceRecord } from './service-record';
import type { Sight } from './state';

const lastWordsLines = 30;

export interface ProjectWatchOptions {
  project(): string;
  engine(): ContainerEngine | null;
  /** Which service keeps its data in a volume. */
  volumeOwner(volume: string): StackServiceName | null;
  maskSecrets(text: string): string;
  /** A record changed, or the containers were listed. */
  onChange(): void;
  log: HostLog;
}

/** Follows the containers of one Compose project: by the engine's events, and by asking the services themselves. */
export class ProjectWatch {
  readonly records = new Map(serviceNames.map((name) => [name, newRecord(name)]));
  /** Ids of containers and names of volumes. */
  private readonly expected = new Set<string>();
  private readonly readiness: ReadinessWatch;
  private looking: Promise<void> | null = null;
  private lookAgain = false;
  private readonly waiting = new Set<() => void>();

  constructor(private readonly options: ProjectWatchOptions) {
    this.readiness = new ReadinessWatch({
      probe: probeService,
      log: options.log,
      onChange: (service, ready) => {
        const record = this.record(service);
        record.ready = ready;
        record.wasReady ||= ready;
        if (ready) record.problem = null;
        this.changed();
      },
    });
  }

  record(service: StackServiceName): ServiceRecord {
    return this.records.get(service)!;
  }

  sight(): Sight {
    const records = [...this.records.values()];
    if (records.every(({ ready }) => ready)) return 'all-ready';
    return records.some(({ container }) => container && ['running', 'restarting', 'paused'].includes(container.state))
      ? 'some'
      : 'none';
  }

  /** The end of this container, or the deletion of this volume, is this host's doing. A container's next start undoes it. */
  expectEnd(idOrVolume: string): void {
    this.expected.add(idOrVolume);
  }

  /** At a start of ours: what happened before is of no more concern. */
  forgetTroubles(service: StackServiceName): void {
    const record = this.record(service);
    Object.assign(record, { crashes: 0, forgiven: record.container?.restarts ?? 0, crash: null, problem: null });
  }

  /** Resolves to false when the time is over first; rejects when the signal ends it. */
  until(reached: () => boolean, limitMs: number, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer);
        this.waiting.delete(look);
        signal.removeEventListener('abort', abort);
        settle();
      };
      const look = () => reached() && end(() => resolve(true));
      const abort = () => end(() => reject(signal.reason));
      const timer = setTimeout(() => end(() => resolve(false)), limitMs);
      if (signal.aborted) return abort();
      this.waiting.add(look);
      signal.addEventListener('abort', abort);
      look();
    });
  }

  /** Asks every running service now. */
  askAll(): void {
    for (const name of serviceNames) this.readiness.ask(name);
  }

  /** Lists the project's containers; a call while one is under way makes it list once more. */
  look(): Promise<void> {
    if (this.looking) {
      this.lookAgain = true;
      return this.looking;
    }
    this.looking = this.lookUntilQuiet().finally(() => {
      this.looking = null;
    });
    return this.looking;
  }

  /** Of any container or volume of the engine. */
  handle(event: EngineEventMessage): void {
    if (event.kind === 'volume' && event.action === 'destroy') this.volumeDeleted(event.id);
    if (event.kind !== 'container' || event.labels[composeLabels.project] !== this.options.project()) return;
    const service = this.findService(event.labels);
    if (!service || event.action.startsWith('exec_')) return;
    const wanted = this.expected.has(event.id);
    if (event.action === 'health_status') {
      this.readiness.ask(service);
      return;
    }
    if (event.action === 'start') this.expected.delete(event.id);
    if (event.action === 'oom') this.record(service).crash = { exitCode: 137, outOfMemory: true, lastWords: '' };
    if (event.action === 'die' && !wanted) this.inBackground('note a crash', this.noteCrash(service, event));
    if (event.action === 'destroy') {
      if (!wanted) this.containerDeleted(service);
      this.expected.delete(event.id);
    }
    this.inBackground('look', this.look());
  }

  close(): void {
    this.readiness.close();
  }

  private async lookUntilQuiet(): Promise<void> {
    do {
      this.lookAgain = false;
      try {
        await this.lookOnce();
      } catch (error) {
        this.options.log.warn({ error: (error as Error).message }, 'the containers could not be listed');
        return;
      }
    } while (this.lookAgain);
    this.changed();
  }

  private async lookOnce(): Promise<void> {
    const engine = this.options.engine();
    if (!engine) return;
    const listed = await engine.list(projectLabel(this.options.project()));
    const found = new Map(listed.map((container) => [this.findService(container.labels), container.id]));
    await Promise.all(
      serviceNames.map(async (name) => {
        const id = found.get(name);
        this.show(name, id ? await engine.inspect(id) : null);
      }),
    );
  }

  private show(name: StackServiceName, container: ServiceRecord['container']): void {
    const record = this.record(name);
    const same = record.container?.id === container?.id && record.container?.startedAt === container?.startedAt;
    if (record.container?.id !== container?.id) record.forgiven = 0;
    record.container = container;
    if (!same || container?.state !== 'running') {
      record.ready = false;
      record.usage = null;
      this.readiness.forget(name);
    }
    if (!same) record.wasReady = false;
    record.ending = container !== null && this.expected.has(container.id);
    if (!container) return;
    record.crashes = Math.max(record.crashes, container.restarts - record.forgiven);
    if (container.state === 'running') this.readiness.track(name, container);
    if (isRunning(record) && record.problem?.kind === 'container-deleted') record.problem = null;
  }

  private async noteCrash(service: StackServiceName, event: EngineEventMessage): Promise<void> {
    const record = this.record(service);
    record.crashes++;
    const outOfMemory = record.crash?.lastWords === '' && record.crash.outOfMemory;
    record.crash = { exitCode: event.exitCode ?? 0, outOfMemory, lastWords: '' };
    const crash = record.crash;
    const engine = this.options.engine();
    const details = await engine?.inspect(event.id).catch(() => null);
    if (details?.outOfMemory) crash.outOfMemory = true;
    crash.lastWords = await this.readLastWords(event.id);
    this.changed();
  }

  private async readLastWords(id: string): Promise<string> {
    const lines: string[] = [];
    const signal = AbortSignal.timeout(3_000);
    try {
      const logs = this.options.engine()?.logs(id, { tail: lastWordsLines, follow: false, signal });
      for await (const { text } of logs ?? []) lines.push(text.trimEnd());
    } catch {
      // The container is gone already, and its log with it.
    }
    return this.options.maskSecrets(lines.join('\n'));
  }

  private containerDeleted(service: StackServiceName): void {
    const { title } = serviceFacts[service];
    this.record(service).problem = {
      kind: 'container-deleted',
      message: `The container of ${title} was deleted outside Watchtower.`,
      hint: 'Start the stack to make it again; its data is kept in its volume.',
    };
  }

  private volumeDeleted(name: string): void {
    // A volume of this name made later is another one.
    const service = this.expected.delete(name) ? null : this.options.volumeOwner(name);
    if (!service) return;
    const { title, holds } = serviceFacts[service];
    this.record(service).problem = {
      kind: 'volume-deleted',
      message: `The volume ${name} was deleted outside Watchtower: what ${title} kept (${holds}) is lost.`,
      hint: 'Start the stack to go on with an empty one.',
    };
    this.changed();
  }

  private findService(labels: Readonly<Record<string, string>>): StackServiceName | undefined {
    if (labels[composeLabels.oneoff] === 'True') return undefined;
    return serviceNames.find((name) => name === labels[composeLabels.service]);
  }

  private inBackground(name: string, work: Promise<unknown>): void {
    inBackground(`containers: ${name}`, work, this.options.log);
  }

  private changed(): void {
    for (const look of [...this.waiting]) look();
    this.options.onChange();
  }
}
