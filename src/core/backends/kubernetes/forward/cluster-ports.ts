import type { HostLog } from '../../../log/host-log';
import { isPortFree } from '../../../ports/find-free-port';
import type { ClusterApi } from '../api/cluster-api';
import { cluster } from '../cluster/cluster';
import { reachedServices } from '../cluster/reached-services';
import type { NamespaceWatch } from '../services/namespace-watch';
import { KeptForward } from './kept-forward';

const loopback = '127.0.0.1';

/** Alloy's own page and counters, beside what users reach. */
const reached = {
  ...reachedServices,
  alloy: { title: 'Alloy', service: 'alloy', port: 12345, hostPort: 0 },
} as const;
export type ReachedName = keyof typeof reached;
const names = Object.keys(reached) as ReachedName[];

/** What kind publishes where the cluster is ours. */
const mapped: readonly ReachedName[] = ['grafana', 'otlpGrpc', 'otlpHttp'];

export interface ClusterPortsOptions {
  /** The cluster that there is; null without one. */
  cluster(): { api: ClusterApi; watch: NamespaceWatch } | null;
  /** A cluster of kind whose ports are published on this machine. */
  isPublished(): boolean;
  /** Instead of those of `reachedServices`, for tests. */
  hostPorts?: { readonly [Name in ReachedName]?: number };
  log: HostLog;
}

/**
 * The ports of this machine by which the cluster is reached: kind's mappings where they are, and forwardings that are kept for
 * what is published nowhere, or where a mapping fails.
 */
export class ClusterPorts {
  private readonly forwards = new Map<ReachedName, KeptForward>();
  /** Opening and closing follow one another. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: ClusterPortsOptions) {}

  /** To be called when a cluster was found: opens what is not open yet. */
  open(): Promise<void> {
    return this.inTurn(async () => {
      for (const name of names) {
        if (this.forwards.has(name) || (await this.isMapped(name))) continue;
        const { title, service, port } = reached[name];
        const forward = new KeptForward({
          title,
          preferredPort: this.hostPort(name),
          target: () => this.target(service, port),
          log: this.options.log,
        });
        await forward.open();
        this.forwards.set(name, forward);
      }
    });
  }

  close(): Promise<void> {
    return this.inTurn(async () => {
      const open = [...this.forwards.values()];
      this.forwards.clear();
      for (const forward of open) await forward.close();
    });
  }

  /** Where it is reached, or would be. */
  port(name: ReachedName): number {
    return this.forwards.get(name)?.port || this.hostPort(name);
  }

  /** The same for a port of a service of the cluster; null for one that nobody reaches from here. */
  addressOf(service: string, port: number): { address: string; url?: string } | null {
    const name = names.find((each) => reached[each].service === service && reached[each].port === port);
    if (!name) return null;
    const address = `${loopback}:${this.port(name)}`;
    return name === 'grafana' || name === 'alloy' ? { address, url: `http://${address}` } : { address };
  }

  private hostPort(name: ReachedName): number {
    return this.options.hostPorts?.[name] ?? reached[name].hostPort;
  }

  /** Somebody listens on the port of the mapping: kind, in a cluster of ours. */
  private async isMapped(name: ReachedName): Promise<boolean> {
    if (!mapped.includes(name) || !this.options.isPublished()) return false;
    return !(await isPortFree(this.hostPort(name), loopback));
  }

  private target(service: string, port: number) {
    const found = this.options.cluster();
    const target = found?.watch.target(service, port);
    return found && target ? { api: found.api, namespace: cluster.namespace, ...target } : null;
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.queue.then(work);
    this.queue = turn.catch(() => {});
    return turn;
  }
}
