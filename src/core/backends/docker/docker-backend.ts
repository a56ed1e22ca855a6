import type { Delivery } from '../../../shared/contract/destinations';
import type { Capabilities } from '../../../shared/contract/host';
import type { Problem } from '../../../shared/problem';
import type { Forwarding } from '../../destinations/forwarding';
import type { HostLog } from '../../log/host-log';
import { inBackground } from '../../log/in-background';
import type { Backend, BackendDescription, BackendPipeline } from '../backend';
import { endpointsOf } from '../endpoints';
import { problemsOfServices } from '../problems-of-services';
import { stateOfServices } from '../state-of-services';
import { toHealth } from '../to-health';
import type { DockerServices } from './docker-services';
import { keptByEngine } from './kept-by-engine';
import type { StackController } from './stack/stack-controller';
import type { StackPipeline } from './stack-pipeline';
import type { VolumeMeter } from './volume-meter';

/** As the shipped configs of Tempo and Loki have it. */
const retentionHours = 72;

export interface DockerBackendParts {
  stack: StackController;
  pipeline: StackPipeline;
  volumes: VolumeMeter;
  close(): Promise<void>;
  services: DockerServices;
  log: HostLog;
}

/** The LGTM stack in containers. */
export class DockerBackend implements Backend {
  readonly kind = 'docker';
  readonly capabilities: Capabilities = {
    services: true,
    storage: false,
    progress: true,
    outlivesHost: true,
    lifecycle: true,
    forwarding: true,
    ingest: true,
    traces: true,
    logs: true,
    metrics: true,
    because: {
      storage: 'Tempo, Loki and Prometheus keep what they have for as long as their own configuration says.',
    },
  };
  readonly services: DockerServices;
  readonly pipeline: BackendPipeline;
  /** Somebody wants it to run: an engine that comes later is used at once. */
  private wanted = false;
  private refusal: Problem | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly parts: DockerBackendParts) {
    const { stack, pipeline, volumes } = parts;
    this.services = parts.services;
    this.pipeline = pipeline;
    stack.subscribe(() => {
      this.reviewRefusal();
      this.changed();
    });
    pipeline.subscribe(() => this.changed());
    volumes.subscribe(() => this.changed());
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start(): void {
    this.wanted = true;
    this.services.wake();
    this.inBackground('start', this.bringUp());
  }

  async stop(): Promise<Problem | null> {
    this.wanted = false;
    this.refusal = null;
    // Without an engine nothing of it can hold the ports either, as far as can be known.
    if (this.parts.stack.status().runtime.state !== 'connected') return null;
    return this.parts.stack.down();
  }

  restart(): void {
    const again = this.stop().then((problem) => {
      this.refusal = problem;
      if (problem) this.changed();
      else this.start();
    });
    this.inBackground('restart', again);
  }

  /** Its start may fetch images: whoever asked reads how it goes from `describe`. */
  async settled(): Promise<void> {}

  describe(): BackendDescription {
    const status = this.parts.stack.status();
    const { ports } = this.parts.stack;
    return {
      state: stateOfServices(status, { wanted: this.wanted, refused: this.refusal !== null }),
      services: status.services.map(toHealth),
      endpoints: endpointsOf('127.0.0.1', ports, ports.grafana),
      keptAt: keptByEngine(status.runtime),
      ingest: this.parts.pipeline.ingest(),
      storage: {
        dataDir: `Docker volumes ${status.place}_*`,
        diskBytes: this.parts.volumes.bytes,
        maxBytes: 0,
        maxAgeHours: retentionHours,
        oldestAt: null,
        backlogBytes: 0,
        stored: null,
        residentBytes: status.services.reduce((sum, { memoryBytes }) => sum + (memoryBytes ?? 0), 0),
      },
      problems: problemsOfServices('stack', status.problem ?? this.refusal, status.services),
    };
  }

  /** Each ends by its cause. */
  dismiss(): boolean {
    return false;
  }

  forward(forwarding: Forwarding): Promise<Problem | null> {
    return this.parts.pipeline.forward(forwarding);
  }

  deliveries(): ReadonlyMap<string, Delivery> {
    return this.parts.pipeline.deliveries;
  }

  /** Containers stay as they are. */
  close(): Promise<void> {
    return this.parts.close();
  }

  /** Why the stack was not started is over once an engine is there: it is started now, or came up without this host. */
  private reviewRefusal(): void {
    const { stack } = this.parts;
    if (!this.refusal || stack.status().runtime.state !== 'connected') return;
    if (stack.state.name !== 'stopped') this.refusal = null;
    else if (this.wanted) this.inBackground('start', this.bringUp());
  }

  private async bringUp(): Promise<void> {
    this.refusal = await this.parts.stack.up();
    this.changed();
  }

  private inBackground(name: string, work: Promise<unknown>): void {
    inBackground(`stack: ${name}`, work, this.parts.log);
  }

  private changed(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
