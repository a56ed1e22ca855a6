import type { Delivery } from '../../../shared/contract/destinations';
import type { HostStatus, Settings } from '../../../shared/contract/host';
import type { Problem } from '../../../shared/problem';
import { AlloyController } from '../../alloy/alloy-controller';
import type { AlloyHost } from '../../alloy/alloy-host';
import type { Forwarding } from '../../destinations/forwarding';
import type { HostLog } from '../../log/host-log';
import { inBackground } from '../../log/in-background';
import { AlloyMeter } from '../alloy-meter';
import { changedDestinations } from '../changed-destinations';
import type { DockerConnection } from './containers/connection/docker-connection';
import type { ContainerFile } from './containers/container-engine';
import { reachFromContainer } from './reach-from-container';
import type { StackServiceName } from './stack/plan/stack-service-name';
import type { StackController } from './stack/stack-controller';

export interface StackPipelineOptions {
  docker: DockerConnection;
  stack: StackController;
  /** Of the settings, read at each change. */
  additions(): Settings['pipeline'];
  maskSecrets(text: string): string;
  log: HostLog;
}

/** What Alloy does in the running stack: switched on request, and put right when one became ready with something else. */
export class StackPipeline {
  private readonly alloy: AlloyController;
  private readonly meter: AlloyMeter;
  private forwarding: Forwarding = { destinations: [], redaction: [] };
  /** Container that was ready when last looked at. */
  private seen: string | null = null;

  constructor(private readonly options: StackPipelineOptions) {
    const { stack, maskSecrets, log } = options;
    // A container of `docker compose` has its configuration mounted: nothing can be changed in it.
    const connect = () => (stack.configsCopied('alloy') ? this.connect() : null);
    this.alloy = new AlloyController({ connect, maskSecrets, log });
    const destinations = () => this.alloy.state.inForce.destinations.map(({ id }) => id);
    this.meter = new AlloyMeter({ connect: () => this.connect(), destinations, maskSecrets, log });
    stack.subscribe(() => this.see());
  }

  /** Begins to read what Alloy counts. */
  start(): void {
    this.meter.start();
  }

  close(): void {
    this.meter.close();
  }

  subscribe(listener: () => void): () => void {
    return this.meter.subscribe(listener);
  }

  /** What belongs into a new container beside the compose file's configs. */
  filesOf(service: StackServiceName): readonly ContainerFile[] {
    return service === 'alloy' ? this.alloy.containerFiles() : [];
  }

  /** Without a running Alloy it is kept for the next start. */
  async forward(forwarding: Forwarding): Promise<Problem | null> {
    const before = this.forwarding;
    this.forwarding = forwarding;
    const problem = await this.apply();
    if (problem) this.forwarding = before;
    else this.meter.begin(changedDestinations(before, forwarding));
    return problem;
  }

  /** After the settings changed. */
  async apply(): Promise<Problem | null> {
    const { destinations, redaction, agentContent } = this.forwarding;
    const problem = await this.alloy.apply({
      destinations: destinations.map((each) => ({ ...each, endpoint: reachFromContainer(each.endpoint) })),
      redaction,
      ...(agentContent && { agentContent }),
      ...this.options.additions(),
    });
    if (problem) return problem;
    const { stack } = this.options;
    const mounted = stack.containerId('alloy') !== null && !stack.configsCopied('alloy');
    return mounted ? stack.recreateService('alloy') : null;
  }

  private get isForwarding(): boolean {
    return this.forwarding.destinations.length > 0;
  }

  get deliveries(): ReadonlyMap<string, Delivery> {
    return this.meter.deliveries;
  }

  ingest(): HostStatus['ingest'] {
    return this.meter.ingest();
  }

  /** A container that became ready may be an adopted one, or one of an earlier host. */
  private see(): void {
    const { stack } = this.options;
    const id = stack.isReady('alloy') ? stack.containerId('alloy') : null;
    if (id === this.seen) return;
    this.seen = id;
    if (id) inBackground('alloy: reconcile', this.reconcile(), this.options.log);
  }

  private async reconcile(): Promise<void> {
    const { stack, log } = this.options;
    if (!stack.configsCopied('alloy') && !this.isForwarding) return;
    const problem = stack.configsCopied('alloy') ? await this.alloy.reconcile() : await stack.recreateService('alloy');
    if (problem) log.warn({ problem }, 'alloy runs with another configuration');
  }

  private connect(): AlloyHost | null {
    const { docker, stack } = this.options;
    const { engine } = docker;
    const id = stack.containerId('alloy');
    const runs = stack
      .status()
      .services.some(({ name, state }) => name === 'alloy' && (state === 'ready' || state === 'unready'));
    if (!engine || !id || !runs) return null;
    const { ports } = stack;
    return {
      httpUrl: `http://127.0.0.1:${ports.alloy}`,
      otlpAddresses: [`127.0.0.1:${ports.otlpGrpc}`, `127.0.0.1:${ports.otlpHttp}`],
      putFiles: (files) => engine.putFiles(id, files),
      readFile: (path) => engine.readFile(id, path),
      exec: (command, limits) => engine.exec(id, command, limits),
      logs: (wanted) => engine.logs(id, { ...wanted, follow: false }),
      restart: async () => {
        const problem = await stack.restartService('alloy');
        if (problem) throw new Error(problem.message);
      },
    };
  }
}
