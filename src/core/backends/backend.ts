import type { BackendRemains, BackendStatus, ServiceLogLine } from '../../shared/contract/backend';
import type { Delivery } from '../../shared/contract/destinations';
import type { QueryApi } from '../../shared/contract/external';
import type { Capabilities, HostStatus, Settings, SwitchableBackend } from '../../shared/contract/host';
import type { Problem } from '../../shared/problem';
import type { Forwarding } from '../destinations/forwarding';
import type { QueryEndpoint } from '../telemetry/request/query-endpoint';

/** What a backend tells about itself: its part of the host's status. */
export type BackendDescription = Pick<
  HostStatus,
  'state' | 'services' | 'endpoints' | 'keptAt' | 'ingest' | 'storage' | 'problems'
>;

type Outcome<Value> = Value | { problem: Problem };

/** What it keeps follows the settings. */
export interface BackendStorage {
  /** Deletes all telemetry; resolves to the bytes that became free, to null where it cannot now. */
  clean(): Promise<number | null>;
  setRetention(retention: Settings['retention']): void;
}

/** Its pipeline takes additions of the settings. */
export interface BackendPipeline {
  /** After the settings changed; the problem says why it goes on with the old ones. */
  apply(): Promise<Problem | null>;
}

/** Its services run apart, on a container engine or in a cluster. What does not fit the state is a Problem that says why. */
export interface BackendServices {
  status(): BackendStatus;
  /** Looks for what runs the services from the first subscriber on. `usage`: measures CPU and memory as long as somebody listens. */
  subscribe(listener: () => void, options?: { usage?: boolean }): () => void;
  /** Looks for what runs the services; a host that never needs it never asks. */
  wake(): void;
  /** Returns once the work has begun. Also mends what is degraded, and goes on with what was cancelled. */
  up(): Promise<Problem | null>;
  /** Resolves when the services are gone; their data stays. */
  down(): Promise<Problem | null>;
  /** Ends a start that is under way. */
  cancel(): Problem | null;
  restartService(name: string): Promise<Problem | null>;
  logs(
    name: string,
    wanted: { tail: number; follow: boolean; signal: AbortSignal },
  ): Promise<Outcome<{ lines: AsyncIterable<ServiceLogLine> }>>;
  /** What `clean` deletes. */
  remains(): Promise<Outcome<{ remains: BackendRemains }>>;
  /** Deletes services and data; resolves to what is gone. */
  clean(): Promise<Outcome<{ remains: BackendRemains }>>;
}

/** It can run in one of several clusters. */
export interface BackendClusters {
  /** A context of the kubeconfig, also the one of the cluster that Watchtower makes. The problem says why the old one is still meant. */
  use(context: string): Promise<Problem | null>;
}

/** Something that can stand behind the ports. One of them runs at a time. */
export interface Backend {
  readonly kind: SwitchableBackend;
  /** Says of each facet below whether it is there, and why not. */
  readonly capabilities: Capabilities;
  readonly storage?: BackendStorage;
  readonly pipeline?: BackendPipeline;
  readonly services?: BackendServices;
  /** Where a query API is asked and with what; without it at the endpoint that `describe` names. Throws `BackendFailure` while that is not known. */
  queryEndpoint?(api: QueryApi): QueryEndpoint;
  /** Why it cannot stand behind the ports as it is set up. */
  notUsable?(): Problem | null;
  readonly clusters?: BackendClusters;
  /** Its Tempo port sums up runs, tells what differs between populations, and says when everything acknowledged is visible. */
  readonly summarizesRuns?: true;
  /** Another text once something was stored since; undefined where that is not known. Without it nobody knows but by asking. */
  arrived?(): string | undefined;
  /** Calls back at every change of what `describe` says. */
  subscribe(listener: () => void): () => void;
  /** Begins the start; `describe` tells how it goes. */
  start(): void;
  /** Resolves when its ports are free, or to why they are not. */
  stop(): Promise<Problem | null>;
  restart(): void;
  /** Resolves when a start or stop that is over in a moment is over; a pull of minutes is not waited for. */
  settled(): Promise<void>;
  describe(): BackendDescription;
  /** False where there is no problem of this id that a person may end. */
  dismiss(id: string): boolean;
  /** From now on a copy of what arrives goes there, and nowhere else. The problem says why the old setting is still in force. */
  forward(forwarding: Forwarding): Promise<Problem | null>;
  /** By id of the destination; those that this backend does not know are missing. */
  deliveries(): ReadonlyMap<string, Delivery>;
  /** The host ends: what outlives it goes on, everything else is drained and stopped. */
  close(): Promise<void>;
}
