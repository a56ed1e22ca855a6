import type { Delivery } from '../../../shared/contract/destinations';
import { QueryApi } from '../../../shared/contract/external';
import type { Capabilities, HostStatus, ServiceHealth } from '../../../shared/contract/host';
import type { Problem } from '../../../shared/problem';
import type { Forwarding } from '../../destinations/forwarding';
import type { HostLog } from '../../log/host-log';
import { BackendFailure } from '../../telemetry/request/backend-failure';
import type { QueryEndpoint } from '../../telemetry/request/query-endpoint';
import type { Backend, BackendDescription } from '../backend';
import { apiNotSet } from './api-not-set';
import { ApiWatch, type ApiWatchOptions } from './api-watch';
import type { ExternalStore } from './external-store';
import { probeApi } from './probe-api';
import { type ExternalAccess, resolveEndpoint } from './resolve-endpoint';
import { externalTitles } from './titles';

export interface ExternalBackendParts extends Pick<ApiWatchOptions, 'everyMs' | 'slowestMs'> {
  store: ExternalStore;
  log: HostLog;
}

const nothing = { spans: 0, logs: 0, points: 0 };

/** A backend that somebody else runs: its APIs are asked, and looked after every few seconds. Nothing of it is owned. */
export class ExternalBackend implements Backend {
  readonly kind = 'external';
  private running = false;
  private readonly listeners = new Set<() => void>();
  private readonly watches: ReadonlyMap<QueryApi, ApiWatch>;

  constructor(private readonly parts: ExternalBackendParts) {
    const { log, everyMs, slowestMs } = parts;
    this.watches = new Map(
      QueryApi.options.map((api) => [
        api,
        new ApiWatch({
          probe: (signal) => this.probe(api, signal),
          onChange: () => this.changed(),
          log,
          ...(everyMs !== undefined && { everyMs }),
          ...(slowestMs !== undefined && { slowestMs }),
        }),
      ]),
    );
    parts.store.subscribe(() => {
      if (this.running) this.restart();
      else this.changed();
    });
  }

  /** Of its APIs those count that have a URL. */
  get capabilities(): Capabilities {
    const [traces, logs, metrics] = QueryApi.options.map((api) => this.given.includes(api));
    return {
      services: false,
      storage: false,
      progress: false,
      outlivesHost: true,
      lifecycle: false,
      forwarding: false,
      ingest: false,
      traces: traces!,
      logs: logs!,
      metrics: metrics!,
      because: {
        services: 'Somebody else runs them: their output is where they run.',
        storage: 'Somebody else keeps it: how long, and what is deleted, is decided there.',
        lifecycle: 'Somebody else runs it: it is neither started nor stopped from here.',
        forwarding: 'What is sent to it does not pass through here: what becomes of it is decided there.',
        ingest: 'What is sent to it does not pass through here: how much arrives is not seen.',
        ...(!traces && { traces: apiNotSet('tempo').message }),
        ...(!logs && { logs: apiNotSet('loki').message }),
        ...(!metrics && { metrics: apiNotSet('prometheus').message }),
      },
    };
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start(): void {
    if (!this.running) this.restart();
  }

  /** Nothing of it ends: it is not looked after any more. */
  async stop(): Promise<null> {
    this.running = false;
    for (const watch of this.watches.values()) watch.stop();
    this.changed();
    return null;
  }

  /** Asks every API anew. */
  restart(): void {
    this.running = true;
    for (const [api, watch] of this.watches) {
      if (this.given.includes(api)) watch.start();
      else watch.stop();
    }
    this.changed();
  }

  async settled(): Promise<void> {
    await Promise.all([...this.watches.values()].map((watch) => watch.settled()));
  }

  describe(): BackendDescription {
    const access = this.parts.store.access();
    const settings = this.parts.store.status().settings;
    const services = this.given.map((api) => this.describeApi(api));
    return {
      state: this.overallState(services),
      services,
      endpoints: {
        tempo: settings?.tempo ?? '',
        loki: settings?.loki ?? '',
        prometheus: settings?.prometheus ?? '',
        ...(settings?.otlpGrpc && { otlpGrpc: settings.otlpGrpc }),
        ...(settings?.otlpHttp && { otlpHttp: settings.otlpHttp }),
      },
      keptAt: { here: false, where: 'by the external backend' },
      ingest: {
        rates: nothing,
        totals: nothing,
        rejected: nothing,
        leftOut: 0,
        rejections: [],
        lastReceivedAt: null,
        history: [],
      },
      storage: {
        dataDir: '',
        diskBytes: 0,
        maxBytes: 0,
        maxAgeHours: 0,
        oldestAt: null,
        backlogBytes: 0,
        stored: null,
        residentBytes: 0,
      },
      problems: 'kind' in access ? [{ id: 'external', ...access }] : this.apiProblems(),
    };
  }

  /** Each ends by its cause. */
  dismiss(): boolean {
    return false;
  }

  /** Where an API is asked, and with what. Throws `BackendFailure` while that is not known. */
  queryEndpoint(api: QueryApi): QueryEndpoint {
    const access = this.accessTo(api);
    if ('kind' in access) throw new BackendFailure('unavailable', access.message, { hint: access.hint });
    return resolveEndpoint(access, api);
  }

  /** Why it cannot stand behind the ports. */
  notUsable(): Problem | null {
    const access = this.parts.store.access();
    return 'kind' in access ? access : null;
  }

  async forward({ destinations }: Forwarding): Promise<Problem | null> {
    if (destinations.length === 0) return null;
    const named = destinations.map(({ id }) => id).join(', ');
    return {
      kind: 'external-not-forwarding',
      message: `Nothing can be copied to ${named} while the external backend is in use: what apps send to it does not pass through here.`,
      hint: `Switch ${destinations.length > 1 ? 'these destinations' : 'this destination'} off, or use a backend of this machine; the other side may forward by itself.`,
    };
  }

  deliveries(): ReadonlyMap<string, Delivery> {
    return new Map();
  }

  async close(): Promise<void> {
    await this.stop();
  }

  /** The APIs that have a URL; before anything is set, all are still to be given. */
  private get given(): readonly QueryApi[] {
    const { settings } = this.parts.store.status();
    return QueryApi.options.filter((api) => settings?.[api] ?? true);
  }

  /** What to ask one API with, or why it cannot be asked. */
  private accessTo(api: QueryApi): ExternalAccess | Problem {
    const access = this.parts.store.access();
    return 'kind' in access || access.settings[api] ? access : apiNotSet(api);
  }

  private async probe(api: QueryApi, signal: AbortSignal): Promise<Problem | null> {
    const access = this.accessTo(api);
    return 'kind' in access ? access : probeApi(api, resolveEndpoint(access, api), signal);
  }

  private describeApi(api: QueryApi): ServiceHealth {
    const { health } = this.watches.get(api)!;
    const address = this.parts.store.status().settings?.[api];
    const problem = health?.problem;
    return {
      name: api,
      title: externalTitles[api],
      state: health === null ? (this.running ? 'starting' : 'down') : problem ? 'down' : 'up',
      ...(address && { address }),
      ...(problem && { detail: problem.message }),
    };
  }

  private overallState(services: readonly ServiceHealth[]): HostStatus['state'] {
    if (!this.running) return 'stopped';
    if (services.some(({ state }) => state === 'starting')) return 'starting';
    const down = services.filter(({ state }) => state === 'down').length;
    return down === 0 ? 'ready' : down === services.length ? 'failed' : 'degraded';
  }

  private apiProblems(): BackendDescription['problems'] {
    return [...this.watches].flatMap(([api, { health }]) =>
      health?.problem ? [{ id: `external-${api}`, ...health.problem }] : [],
    );
  }

  private changed(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
