import { join } from 'node:path';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import { RPCHandler as HttpHandler } from '@orpc/server/fetch';
import { RPCHandler as PortHandler } from '@orpc/server/message-port';
import { RPCHandler as SocketHandler } from '@orpc/server/ws';
import type { Contract } from '../shared/contract';
import type { HostStatus } from '../shared/contract/host';
import type { Problem } from '../shared/problem';
import { AgentSetupBook } from './agent-setup/agent-setup-book';
import { createRouter } from './api/create-router';
import { describeHost, failedChange, type HostFacts } from './api/describe-host';
import type { BackendSwitch } from './backends/backend-switch';
import { readAllowedHosts } from './backends/embedded/allowed-hosts';
import { EngineController } from './backends/embedded/engine-controller';
import { openBackends } from './backends/open-backends';
import type { CoreOptions } from './core-options';
import { DemoSender } from './demo/demo-sender';
import type { DestinationController } from './destinations/destination-controller';
import { openDestinations } from './destinations/open-destinations';
import { openErrors } from './errors/open-errors';
import { Explainer } from './explaining/explainer';
import { GrafanaDoors } from './grafana-doors/grafana-doors';
import { createAccessGuard } from './http/access-guard';
import { createHostApp } from './http/create-host-app';
import { serveHost } from './http/serve-host';
import { FileImports } from './importing/file-imports';
import { createFaultSink } from './log/create-fault-sink';
import { maskLog } from './log/mask-log';
import { MarkBook } from './marks/mark-book';
import { openAgentDoor } from './mcp/open-agent-door';
import { McpClientBook } from './mcp-clients/mcp-client-book';
import { claimHome } from './ownership/claim-home';
import { findHost, removeHostFile, writeHostFile } from './ownership/host-file';
import { openKey } from './ownership/open-key';
import { explainLasting } from './problems/explain-lasting';
import { ProblemBook } from './problems/problem-book';
import { SearchBook } from './searches/search-book';
import { maskProblem } from './secrets/mask-problem';
import { maskSecrets } from './secrets/mask-secrets';
import { ServiceRegistry } from './services/service-registry';
import { openRuns } from './sessions/open-runs';
import { openSettings } from './settings/settings-store';
import { LokiClient } from './telemetry/loki-client';
import { PrometheusClient } from './telemetry/prometheus-client';
import { createTelemetryTails } from './telemetry/telemetry-tails';
import { TempoClient } from './telemetry/tempo-client';

type ContractPort = Parameters<InstanceType<typeof PortHandler>['upgrade']>[0];

export interface Core {
  /** Base URL without the token. */
  url: string;
  token: string;
  engine: EngineController;
  backends: BackendSwitch;
  destinations: DestinationController;
  /** The contract without a wire, for the process that holds the core. */
  client: ContractRouterClient<Contract>;
  /** Every change of what `status` says. */
  subscribe(listener: () => void): () => void;
  /** Of the web app, for the test that holds every one of them to the access rules. */
  routes: readonly { method: string; path: string }[];
  socketPaths: readonly string[];
  status(): HostStatus;
  /** An error that nobody expected and that ended nothing: logged, and shown as a problem. */
  reportFault(where: string, error: unknown): void;
  /** Serves the contract to a client at the other end of a message port, until it closes; whoever calls has checked the client. */
  connect(port: ContractPort): void;
  /** Drains the engine, ends every connection and gives the home free. Containers go on. */
  close(): Promise<void>;
}

export type CoreStart =
  | { state: 'running'; core: Core }
  /** Another host has this home; `url` is null while it is still starting. */
  | { state: 'held'; pid: number; url: string | null }
  | { state: 'failed'; problem: Problem };

/** Wires one host: claims the home, serves panel and contract, starts the chosen backend. Does not wait for it. */
export async function createCore(options: CoreOptions): Promise<CoreStart> {
  const { home } = options;
  const allowed = readAllowedHosts(options.allowedHosts ?? []);
  if ('problem' in allowed) return { state: 'failed', problem: allowed.problem };
  const claim = await claimHome(home);
  if (claim.state === 'unusable') return { state: 'failed', problem: claim.problem };
  if (claim.state === 'held') return { state: 'held', pid: claim.pid, url: (await findHost(home))?.url ?? null };

  // Destinations are read later than the first line is written.
  let masked: (text: string) => string = (text) => maskSecrets(text);
  const problems = new ProblemBook();
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  const faults = createFaultSink(
    maskLog(options.log, (text) => masked(text)),
    (problem) => {
      problems.show('unexpected-error', maskProblem(problem, masked));
      changed();
    },
  );
  const { log } = faults;
  const startedAt = Date.now();
  const dataDir = options.dataDir ?? join(home, 'data');
  const settings = await openSettings(home);
  const engine = new EngineController({
    config: {
      dataDir,
      host: options.address,
      ports: options.enginePorts,
      allowedHosts: [...allowed.hosts, ...(settings.current().allowedHosts ?? [])],
      retention: settings.current().retention,
    },
    spawn: options.spawnEngine,
    // The engine's faults are in the log; what they ended, the API's caller is told.
    log: faults.quiet,
  });
  const secrets = options.openSecrets(home);
  const { backends, externalStore } = await openBackends({
    home,
    dataDir,
    place: options,
    engine,
    settings,
    secrets,
    maskSecrets: (text) => masked(text),
    makeRoom: () => doors.giveWay(),
    log,
  });
  const tempo = new TempoClient(() => backends.queryEndpoint('tempo'));
  const loki = new LokiClient(() => backends.queryEndpoint('loki'));
  const prometheus = new PrometheusClient(() => backends.queryEndpoint('prometheus'));
  const tails = createTelemetryTails(tempo, loki);
  const destinations: DestinationController = await openDestinations({
    home,
    secrets,
    applyForwarding: (forwarding) => backends.forward(forwarding),
    ownEndpoint: () => backends.current.describe().endpoints.otlpHttp,
    delivery: backends,
    tempo,
    loki,
    log,
  });
  masked = (text) => destinations.maskSecrets(maskSecrets(text, externalStore.knownSecrets));
  if (settings.problem) problems.show('settings', settings.problem);
  if (destinations.problem) problems.show('destinations', destinations.problem);
  const unkept = (error: Error) => log.warn({ error }, 'a key holds for this run alone');
  const key = await openKey(home, 'panel-key', unkept);
  const doors = new GrafanaDoors({
    key,
    place: options,
    panelUrl: () => url,
    mcp: (request) => agents.answer(request),
    settings,
    backends,
    log,
    onChange: changed,
  });
  const facts: HostFacts = {
    version: options.version,
    kind: options.kind,
    pid: process.pid,
    startedAt,
    problems,
  };
  const status = () => describeHost(facts, backends.current, destinations.snapshot(), doors);
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    const ends = [backends.subscribe(listener), destinations.subscribe(listener)];
    return () => {
      listeners.delete(listener);
      for (const end of ends) end();
    };
  };
  const dismiss = (id: string): Problem | null => {
    if (problems.dismiss(id)) changed();
    else if (id === failedChange && destinations.dismissChange()) return null;
    else if (!backends.current.dismiss(id)) return explainLasting(id, status());
    return null;
  };
  const demo = new DemoSender(options.self);
  const services = await ServiceRegistry.open(home, (error) => log.warn({ error }, 'colours of services not kept'));
  const { runs, runController, sessions } = await openRuns({
    home,
    ...{ tempo, loki, prometheus, backends },
    onUnkept: (error) => log.warn({ error }, 'a run not kept'),
  });
  const marks = await MarkBook.open(home);
  if (marks.problem) problems.show('marks', marks.problem);
  const { errorInbox, mutes } = await openErrors({ home, tempo, loki, backends, runs, marks });
  if (mutes.problem) problems.show('muted-errors', mutes.problem);
  const searches = await SearchBook.open(home);
  if (searches.problem) problems.show('searches', searches.problem);
  const mcpClients = new McpClientBook();
  const router = createRouter({
    home,
    agentSetup: new AgentSetupBook({
      home,
      self: options.self,
      endpoint() {
        const { otlpHttp } = backends.current.describe().endpoints;
        return otlpHttp === undefined ? null : { http: otlpHttp };
      },
    }),
    mcpClients,
    marks,
    errorInbox,
    mutes,
    searches,
    fileImports: new FileImports(() => backends.current.describe().endpoints.otlpHttp),
    asked: () => agents.asked(),
    runs,
    runController,
    explainer: new Explainer({
      tempo,
      loki,
      prometheus,
      findRun: (ref) => runs.find(ref),
      endpoint: () => backends.queryEndpoint('tempo'),
      explains: () => backends.current.summarizesRuns === true,
    }),
    sessions,
    demo,
    self: options.self,
    backends,
    externalStore,
    destinations,
    settings,
    status,
    subscribe,
    dismiss,
    shutdown: options.onShutdown,
    services,
    issueTicket: () => guard.issueTicket(),
    doors,
    tempo,
    loki,
    prometheus,
    tails,
  });

  const client = createRouterClient(router, { context: {} });
  let port = options.port;
  const guard = createAccessGuard(() => port, key);
  const agents = await openAgentDoor({
    home,
    version: options.version,
    client,
    clients: mcpClients,
    panel: () => url,
    mask: (text) => masked(text),
    key: guard.token,
    onUnkept: unkept,
  });
  const overHttp = new HttpHandler(router);
  const overSocket = new SocketHandler(router);
  const overPort = new PortHandler(router);
  const app = createHostApp({
    guard,
    panel: options.panel,
    async rpc(request) {
      const { response } = await overHttp.handle(request, { prefix: '/rpc', context: {} });
      return response ?? new Response('No such procedure.\n', { status: 404 });
    },
    agents,
  });
  // The panel calls the contract here (oRPC's RPCLink over a WebSocket), with the cookie it got for its token.
  // Clients without a browser post to /rpc/PROCEDURE with `Authorization: Bearer TOKEN`.
  const sockets = { '/rpc/ws': (socket: Parameters<typeof overSocket.upgrade>[0]) => void overSocket.upgrade(socket) };
  const server = await serveHost({ app, sockets, guard, host: options.address, port });
  if ('problem' in server) {
    claim.release();
    return { state: 'failed', problem: server.problem };
  }
  port = server.port;
  const url = `http://${options.address.includes(':') ? `[${options.address}]` : options.address}:${port}`;
  await writeHostFile(home, {
    pid: process.pid,
    processStart: claim.processStart,
    url,
    token: guard.token,
    startedAt,
    version: options.version,
  });
  // What was switched on stays on: kept until the backend runs, then in force from its first item.
  await destinations.apply();
  backends.current.start();
  await doors.begin();
  log.info({ url, dataDir, backend: backends.current.kind }, 'host started');

  const close = async () => {
    demo.close();
    tails.close();
    await services.settled();
    await runs.close();
    await doors.close();
    await backends.close();
    await server.close();
    await removeHostFile(home);
    claim.release();
    log.info({}, 'host ended');
  };
  let closing: Promise<void> | undefined;
  const core: Core = {
    url,
    token: guard.token,
    engine,
    backends,
    destinations,
    client,
    subscribe,
    routes: app.routes,
    socketPaths: Object.keys(sockets),
    status,
    reportFault: faults.report,
    connect: (port) => overPort.upgrade(port),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
  return { state: 'running', core };
}
