import type { BackendStatus } from '../../../shared/contract/backend';
import type { Delivery } from '../../../shared/contract/destinations';
import type { Capabilities, HostStatus, KeptAt } from '../../../shared/contract/host';
import type { Problem } from '../../../shared/problem';
import type { Forwarding } from '../../destinations/forwarding';
import type { HostLog } from '../../log/host-log';
import { inBackground } from '../../log/in-background';
import type { AlloyMeter } from '../alloy-meter';
import type { Backend, BackendClusters, BackendDescription } from '../backend';
import { onThisMachine } from '../on-this-machine';
import { problemsOfServices } from '../problems-of-services';
import { stateOfServices } from '../state-of-services';
import { toHealth } from '../to-health';
import { isOwn } from './cluster/cluster';
import type { ClusterPorts } from './forward/cluster-ports';
import type { ClusterPipeline } from './pipeline/cluster-pipeline';
import type { ClusterController } from './work/cluster-controller';

/** As the values of Tempo and Loki have it. */
const retentionHours = 48;

export interface KubernetesBackendParts {
  controller: ClusterController;
  pipeline: ClusterPipeline;
  meter: AlloyMeter;
  ports: ClusterPorts;
  isOwn(): boolean;
  /** Of the settings; undefined for our own cluster. */
  context(): string | undefined;
  /** Keeps the choice for the next start of the host as well. */
  saveContext(context: string | undefined): Promise<Problem | null>;
  close(): Promise<void>;
  log: HostLog;
}

/** A cluster that the user named may be anywhere. `context`: undefined for our own. */
function keptInCluster(context: string | undefined): KeptAt {
  return context === undefined ? onThisMachine : { here: false, where: `in the cluster ${context}` };
}

/** The LGTM stack in a cluster: one of kind that Watchtower makes, or a context that the user named. */
export class KubernetesBackend implements Backend {
  readonly kind = 'kubernetes';
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
    because: { storage: 'Tempo, Loki and Mimir keep what they have for as long as their own configuration says.' },
  };
  readonly services: ClusterController;
  readonly clusters: BackendClusters = { use: (context) => this.use(context) };
  /** Somebody wants it to run. */
  private wanted = false;
  /** A context of the user's in which nothing is deployed: that is done when it is asked for. */
  private undeployed = false;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly parts: KubernetesBackendParts) {
    this.services = parts.controller;
    let wasReady = false;
    parts.controller.onChange(() => {
      const isReady = parts.controller
        .status()
        .services.some(({ name, state }) => name === 'alloy' && state === 'ready');
      if (isReady && !wasReady) parts.pipeline.reconcile();
      wasReady = isReady;
      if (parts.controller.state.name !== 'stopped') this.undeployed = false;
      this.changed();
    });
    parts.meter.subscribe(() => this.changed());
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start(): void {
    this.wanted = true;
    this.undeployed = false;
    this.services.wake();
    inBackground('kubernetes: start', this.begin(), this.parts.log);
  }

  /** Its ports are its own: a cluster of the user's goes on, and ours is stopped with all that it keeps. */
  async stop(): Promise<Problem | null> {
    this.wanted = false;
    this.undeployed = false;
    if (this.parts.isOwn() && this.services.status().runtime.state === 'connected') return this.services.down();
    this.services.cancel();
    this.changed();
    return null;
  }

  restart(): void {
    const again = this.stop().then((problem) => {
      if (!problem) this.start();
    });
    inBackground('kubernetes: restart', again, this.parts.log);
  }

  /** Its start may make a cluster: whoever asked reads how it goes from `describe`. */
  async settled(): Promise<void> {}

  describe(): BackendDescription {
    const status = this.services.status();
    const { ports, meter } = this.parts;
    const at = (name: Parameters<ClusterPorts['port']>[0]) => `http://127.0.0.1:${ports.port(name)}`;
    return {
      state: stateOfServices(status, { wanted: this.wanted, refused: status.runtime.problem !== undefined }),
      services: status.services.map(toHealth),
      endpoints: {
        otlpGrpc: at('otlpGrpc'),
        otlpHttp: at('otlpHttp'),
        tempo: at('tempo'),
        loki: at('loki'),
        // The gateway of Mimir has the API of Prometheus below this.
        prometheus: `${at('mimir')}/prometheus`,
        grafana: at('grafana'),
      },
      keptAt: keptInCluster(this.parts.context()),
      ingest: meter.ingest(),
      storage: {
        dataDir: `Volumes of the cluster (${status.place})`,
        diskBytes: 0,
        maxBytes: 0,
        maxAgeHours: retentionHours,
        oldestAt: null,
        backlogBytes: 0,
        stored: null,
        residentBytes: 0,
      },
      problems: this.describeProblems(status),
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
    return this.parts.meter.deliveries;
  }

  /** The cluster stays as it is. */
  close(): Promise<void> {
    return this.parts.close();
  }

  private async use(name: string): Promise<Problem | null> {
    const context = isOwn({ context: name }) ? undefined : name;
    if (context === this.parts.context()) return null;
    const problem = await this.parts.saveContext(context);
    if (problem) return problem;
    this.services.retarget();
    if (this.wanted) this.start();
    return null;
  }

  /** What runs already is taken as it is; a cluster of ours is made where it is not there. */
  private async begin(): Promise<void> {
    const isDeployed = await this.services.isDeployed();
    if (!this.wanted || isDeployed) return;
    if (this.parts.isOwn()) await this.services.up();
    else this.undeployed = isDeployed === false;
    this.changed();
  }

  private describeProblems({ problem, runtime, services, place }: BackendStatus): HostStatus['problems'] {
    const whole = problem ?? (this.wanted ? (runtime.problem ?? this.notDeployed(place)) : null);
    return problemsOfServices('kubernetes', whole, services);
  }

  private notDeployed(place: string): Problem | null {
    if (!this.undeployed) return null;
    return {
      kind: 'stack-not-deployed',
      message: `Nothing of the stack is in ${place}.`,
      hint: 'Deploy it there: on the Stack page, or with `watchtower up`.',
    };
  }

  private changed(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
