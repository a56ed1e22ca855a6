import { isDeepStrictEqual } from 'node:util';
import type { Delivery } from '../../../shared/contract/destinations';
import type { HostStatus, Settings } from '../../../shared/contract/host';
import type { Problem } from '../../../shared/problem';
import { AlloyController } from '../../alloy/alloy-controller';
import type { AlloyHost } from '../../alloy/alloy-host';
import { DeliveryReader } from '../../alloy/delivery-reader';
import type { Forwarding } from '../../destinations/forwarding';
import type { HostLog } from '../../log/host-log';
import { inBackground } from '../../log/in-background';
import { IngestMeter } from '../ingest-meter';
import type { DockerConnection } from './containers/connection/docker-connection';
import type { ContainerFile } from './containers/container-engine';
import { reachFromContainer } from './reach-from-container';
import type { StackServiceName } from './stack/plan/stack-service-name';
import type { StackController } from './stack/stack-controller';

/** A page of Alloy's metrics costs it and us some milliseconds: seldom while nothing arrives and nothing is sent on. */
const readMs = { busy: 2_000, idle: 5_000 };

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
  private readonly reader: DeliveryReader;
  private readonly meter = new IngestMeter();
  deliveries: ReadonlyMap<string, Delivery> = new Map();
  private forwarding: Forwarding = { destinations: [], redaction: [] };
  private readonly listeners = new Set<() => void>();
  private timer: NodeJS.Timeout | undefined;
  private closed = false;
  /** Container that was ready when last looked at. */
  private seen: string | null = null;

  constructor(private readonly options: StackPipelineOptions) {
    const { stack, maskSecrets, log } = options;
    // A container of `docker compose` has its configuration mounted: nothing can be changed in it.
    const connect = () => (stack.configsCopied('alloy') ? this.connect() : null);
    this.alloy = new AlloyController({ connect, maskSecrets, log });
    const destinations = () => this.alloy.state.inForce.destinations.map(({ id }) => id);
    this.reader = new DeliveryReader({ connect: () => this.connect(), destinations, maskSecrets });
    stack.subscribe(() => this.see());
  }

  /** Begins to read what Alloy counts. */
  start(): void {
    this.readLater(readMs.busy);
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
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
    else this.reader.begin(changedIds(before, forwarding));
    return problem;
  }

  /** After the settings changed. */
  async apply(): Promise<Problem | null> {
    const { destinations, redaction } = this.forwarding;
    const problem = await this.alloy.apply({
      destinations: destinations.map((each) => ({ ...each, endpoint: reachFromContainer(each.endpoint) })),
      redaction,
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

  ingest(): HostStatus['ingest'] {
    return this.meter.read();
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

  private readLater(milliseconds: number): void {
    if (this.closed) return;
    this.timer = setTimeout(() => {
      const reading = this.read();
      inBackground('alloy: read', reading, this.options.log);
      const next = reading
        .catch(() => false)
        .then((arrived) => this.readLater(arrived || this.isForwarding ? readMs.busy : readMs.idle));
      inBackground('alloy: read later', next, this.options.log);
    }, milliseconds).unref();
  }

  /** Whether anything arrived since the last time. */
  private async read(): Promise<boolean> {
    if (!this.connect()) {
      this.meter.stop();
      // One that failed last does not fail for ever.
      if (this.deliveries.size > 0) this.publish(new Map());
      return false;
    }
    const report = await this.reader.read();
    if ('kind' in report) return false;
    const { accepted, refused } = report.ingest;
    const requests = accepted.spans + accepted.logs + accepted.points;
    const before = this.meter.read().totals;
    this.meter.add({ at: Date.now(), accepted: { ...accepted, requests }, rejected: refused });
    this.publish(report.deliveries);
    return requests !== before.spans + before.logs + before.points;
  }

  private publish(deliveries: ReadonlyMap<string, Delivery>): void {
    this.deliveries = deliveries;
    for (const listener of this.listeners) listener();
  }
}

/** Destinations that stayed, with another key or address. */
function changedIds(before: Forwarding, after: Forwarding): string[] {
  const known = new Map(before.destinations.map((each) => [each.id, each]));
  return after.destinations
    .filter((each) => known.has(each.id) && !isDeepStrictEqual(known.get(each.id), each))
    .map(({ id }) => id);
}
