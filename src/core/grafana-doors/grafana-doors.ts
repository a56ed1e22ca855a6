import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { listen, PortInUse } from '../../ground/listen';
import { theBackend } from '../../shared/backend-names';
import type { GrafanaAccess, GrafanaDoors as GrafanaDoorsStatus } from '../../shared/contract/grafana-doors';
import type { Problem } from '../../shared/problem';
import type { BackendSwitch } from '../backends/backend-switch';
import type { HostLog } from '../log/host-log';
import { inBackground } from '../log/in-background';
import { explainHeldPort } from '../ports/explain-held-port';
import { isPortHeld } from '../ports/is-port-held';
import type { SettingsStore } from '../settings/settings-store';
import { CallBook } from './call-book';
import { createDoorsApp } from './create-doors-app';
import { readDatasources } from './datasources';
import { createDoorsAccess, doorsPassword, doorsUser } from './doors-access';

export interface GrafanaDoorsOptions {
  /** Of the home; the token follows from it. */
  key: string;
  place: {
    /** Folder of the shipped stack, whose Grafana has the same data sources. */
    stackFolder: string;
    /** Loopback. */
    address: string;
    /** Where the stack's Grafana would answer; 0 lets the system choose. */
    stackPorts: { grafana: number };
    version: string;
  };
  panelUrl(): string;
  /** The MCP server of agents; whoever calls has checked the request. */
  mcp(request: Request): Promise<Response>;
  settings: Pick<SettingsStore, 'current' | 'subscribe'>;
  backends: Pick<BackendSwitch, 'current' | 'queryEndpoint' | 'subscribe'>;
  log: HostLog;
  /** What `describe` says has changed. */
  onChange(): void;
  /** Milliseconds after which a port that was held is tried again. */
  retryMs?: number;
}

const usualRetryMs = 10_000;

/** Opens and closes Grafana's doors: open while they are wanted, the embedded engine stands behind the ports and the port is free. */
export class GrafanaDoors {
  private readonly access;
  private readonly calls;
  private server: Server | undefined;
  private state: GrafanaDoorsStatus['state'] = 'off';
  private held: Problem | null = null;
  private retry: NodeJS.Timeout | undefined;
  private queue: Promise<unknown> = Promise.resolve();
  private closed = false;
  private behind: string | undefined;
  private ends: (() => void)[] = [];

  constructor(private readonly options: GrafanaDoorsOptions) {
    this.access = createDoorsAccess(options.key);
    this.calls = new CallBook((call) => {
      options.log.info({ call }, "a call of Grafana's that is not answered");
      options.onChange();
    });
  }

  /** Opens them where they belong, and follows the settings and what stands behind the ports. */
  async begin(): Promise<void> {
    const { settings, backends } = this.options;
    this.ends = [
      settings.subscribe(() => this.follow()),
      backends.subscribe(() => {
        if (backends.current.kind !== this.behind) this.follow();
      }),
    ];
    await this.inTurn(() => this.adjust());
  }

  /** Frees the port for a Grafana that is about to be started; the next change opens them again where they belong. */
  giveWay(): Promise<void> {
    return this.inTurn(() => this.shut());
  }

  describe(): GrafanaDoorsStatus {
    const because = this.explain();
    return { state: this.state, url: this.url(), ...(because && { because }), ...this.calls.describe() };
  }

  /** Why they cannot open though they are wanted. */
  problem(): Problem | null {
    return this.state === 'held' ? this.held : null;
  }

  credentials(): GrafanaAccess {
    return { url: this.url(), user: doorsUser, password: doorsPassword, token: this.access.token };
  }

  /** Resolves when they are as the settings have them now. */
  async settled(): Promise<void> {
    await this.queue;
  }

  close(): Promise<void> {
    this.closed = true;
    for (const end of this.ends) end();
    clearTimeout(this.retry);
    return this.inTurn(() => this.shut());
  }

  private async adjust(): Promise<void> {
    if (this.closed) return;
    clearTimeout(this.retry);
    const { settings, backends } = this.options;
    const isWanted = settings.current().grafanaDoors === true;
    this.behind = backends.current.kind;
    if (isWanted && this.behind === 'embedded') return this.open();
    await this.shut();
    this.enter(isWanted ? 'resting' : 'off');
  }

  private async open(): Promise<void> {
    if (this.server) return;
    const { place, log, retryMs = usualRetryMs } = this.options;
    const { address } = place;
    const port = place.stackPorts.grafana;
    try {
      if (port !== 0 && (await isPortHeld(port))) throw new PortInUse(address, port);
      const server = createServer(getRequestListener(await this.createApp()));
      await listen(server, address, port);
      this.server = server;
      this.held = null;
      this.enter('open');
      log.info({ url: this.url() }, "Grafana's doors are open");
    } catch (error) {
      this.held =
        error instanceof PortInUse
          ? await explainHeldPort(port, '--grafana-port')
          : { kind: 'cannot-listen', message: `Grafana's doors do not open: ${(error as Error).message}.` };
      this.enter('held');
      this.retry = setTimeout(() => this.follow(), retryMs).unref();
    }
  }

  private async createApp() {
    const { options } = this;
    const file = join(options.place.stackFolder, 'grafana', 'provisioning', 'datasources', 'watchtower.yaml');
    const app = createDoorsApp({
      access: this.access,
      calls: this.calls,
      sources: await readDatasources(file),
      version: options.place.version,
      url: () => this.url(),
      panelUrl: options.panelUrl,
      mcp: (request) => options.mcp(request),
      endpoint: (api) => options.backends.queryEndpoint(api),
      addressOf: (api) => options.backends.current.describe().endpoints[api],
      onFault: (error) =>
        options.log.error({ work: "answer a call of Grafana's", error }, 'work in the background failed'),
    });
    return app.fetch;
  }

  private async shut(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    const ended = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await ended;
    this.enter('off');
  }

  private enter(state: GrafanaDoorsStatus['state']): void {
    if (state === this.state) return;
    this.state = state;
    this.options.onChange();
  }

  private explain(): string | undefined {
    if (this.state === 'held') return this.held?.message;
    if (this.state !== 'resting') return undefined;
    const { current } = this.options.backends;
    const { grafana } = current.describe().endpoints;
    return grafana === undefined
      ? `They open in front of the embedded engine; ${theBackend(current.kind)} is in use.`
      : `The Grafana of ${theBackend(current.kind)} answers at ${grafana}.`;
  }

  private url(): string {
    const { address, stackPorts } = this.options.place;
    const bound = this.server?.address() as AddressInfo | null | undefined;
    return `http://${address.includes(':') ? `[${address}]` : address}:${bound?.port ?? stackPorts.grafana}`;
  }

  private follow(): void {
    inBackground(
      "follow Grafana's doors",
      this.inTurn(() => this.adjust()),
      this.options.log,
    );
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.queue.then(work);
    this.queue = turn.catch(() => {});
    return turn;
  }
}
