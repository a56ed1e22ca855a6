import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  chooseProject,
  chooseStackPorts,
  type StackPortChoice,
  stackPortFlags,
} from '../core/backends/docker/stack-defaults';
import type { CliRuntime } from '../core/cli-runtime';
import { type Core, createCore } from '../core/create-core';
import { findPackageRoot } from '../core/find-package-root';
import { guardProcess } from '../core/log/guard-process';
import { openHostLog } from '../core/log/open-host-log';
import { findHost } from '../core/ownership/host-file';
import { resolveHome } from '../core/ownership/resolve-home';
import { choosePort, choosePorts, portFlags, usualPanelPort } from '../core/ports/default-ports';
import { createFileSecretStore } from '../core/secrets/file-secret-store';
import type { EnginePorts } from '../shared/engine-messages';
import type { Problem } from '../shared/problem';
import { CommandFailure } from './command-failure';
import { EXIT } from './exit-codes';
import { openInBrowser } from './open-in-browser';
import { runCommand } from './run-command';
import { signInAddress } from './sign-in-address';
import { jsonLine, type Terminal } from './terminal';
import { describeReady, readyLine } from './text/describe-ready';

type PortOptions = { [Key in keyof EnginePorts | keyof StackPortChoice as `${Key}Port`]?: number };

interface ServeOptions extends PortOptions {
  dataDir?: string;
  host: string;
  allowedHost: string[];
  port?: number;
  open: boolean;
  json?: boolean;
  key: boolean;
}

/** SIGTERM to exit: what is not closed by then is given up; acknowledged telemetry is in the journal. */
const exitMs = 4_800;
/** Id of the problem of an engine that did not start. */
const startFailed = 'engine-failed';
const holderStartsMs = 5_000;

/** Adds `watchtower serve`. */
export function registerServe(program: Command, terminal: Terminal, runtime: CliRuntime): void {
  const command = program
    .command('serve')
    .description('run the backend and serve the panel on this machine')
    .option('--data-dir <folder>', 'where telemetry is kept (default: data in the Watchtower home)')
    .option('--host <address>', 'loopback address to listen on', parseLoopback, '127.0.0.1')
    .option('--port <port>', `of the panel (default: ${usualPanelPort}; 0 takes any free one)`, parsePort)
    .addOption(
      new Option(
        '--allowed-host <name>',
        'one more name by which containers and virtual machines reach this machine; may be repeated',
      )
        .argParser((name: string, before: string[]) => [...before, name])
        .default([], 'none'),
    )
    .option('--no-open', 'do not open the panel in a browser')
    .option('--json', 'print one JSON line when ready, nothing else')
    // Where the output goes to a log: the one who started it reads host.json.
    .addOption(new Option('--no-key', 'leave the key out of the JSON line').hideHelp());
  for (const flag of Object.values({ ...portFlags, ...stackPortFlags }))
    command.option(`${flag} <port>`, 'choose another port', parsePort);
  command.action(async (options: ServeOptions) => {
    process.exitCode = await runCommand(terminal, () => serve(options, terminal, runtime));
  });
}

/** Ends only by a failure: what serves is ended by a signal, or over the contract. */
async function serve(options: ServeOptions, terminal: Terminal, runtime: CliRuntime): Promise<never> {
  const home = resolveHome();
  const root = findPackageRoot(import.meta.url);
  let shutDown = () => {};
  const start = await createCore({
    home,
    dataDir: options.dataDir,
    address: options.host,
    allowedHosts: options.allowedHost,
    port: options.port ?? choosePort(usualPanelPort),
    enginePorts: choosePorts({
      otlpGrpc: options.otlpGrpcPort,
      otlpHttp: options.otlpHttpPort,
      tempo: options.tempoPort,
      loki: options.lokiPort,
      prometheus: options.prometheusPort,
    }),
    stackPorts: chooseStackPorts({
      grafana: options.grafanaPort,
      alloy: options.alloyPort,
      faro: options.faroPort,
    }),
    stackFolder: join(root.folder, 'resources', 'stack'),
    project: chooseProject(),
    openSecrets: createFileSecretStore,
    kind: 'headless',
    version: root.version,
    panel: join(root.folder, 'out', 'renderer'),
    spawnEngine: runtime.spawnEngine(engineScript(root.folder)),
    self: runtime.self,
    log: openHostLog(home),
    onShutdown: () => shutDown(),
  });
  if (start.state === 'failed') throw new CommandFailure(start.problem);
  if (start.state === 'held') throw await alreadyRunning(home, start.pid);
  const { core } = start;
  guardProcess(core.reportFault);
  shutDown = () => void end(core);
  process.once('SIGTERM', shutDown);
  process.once('SIGINT', shutDown);

  reportProblems(core, terminal);
  const { progress, lifecycle } = core.backends.current.capabilities;
  // A pull may take minutes, and what somebody else runs may come later: the panel shows it from the start.
  if (lifecycle && !progress) {
    const problem = await untilStarted(core);
    if (problem) {
      await core.close();
      throw new CommandFailure(problem);
    }
  }
  terminal.out(options.json ? jsonLine(readyLine(core, options)) : describeReady(core));
  if (options.open && !options.json && process.stdout.isTTY)
    void openInBrowser(await signInAddress({ url: core.url, client: core.client }));
  return new Promise(() => {});
}

/** Resolves when the backend runs, or to why it does not. */
async function untilStarted(core: Core): Promise<Problem | null> {
  const begins = () => ['starting', 'stopped'].includes(core.status().state);
  while (begins()) {
    await new Promise<void>((resolve) => {
      const end = core.subscribe(() => {
        end();
        resolve();
      });
    });
  }
  const { state, problems } = core.status();
  if (state !== 'failed') return null;
  return problems.find(({ id }) => id === startFailed) ?? { kind: 'not-ready', message: 'The backend did not start.' };
}

/** Says every problem when it appears, once until it is over: without the panel a person would not see it. */
function reportProblems(core: Core, terminal: Terminal): void {
  let said = new Set<string>();
  let started = false;
  const report = () => {
    const { state, problems } = core.status();
    started ||= state === 'ready' || state === 'degraded' || core.backends.current.capabilities.progress;
    for (const { id, kind, message, hint } of problems) {
      // A start that fails ends the command, which says so itself.
      if (said.has(`${id} ${kind}`) || (id === startFailed && !started)) continue;
      terminal.error(`${message}${hint ? ` ${hint}` : ''}\n`);
    }
    // A message that counts changes every second.
    said = new Set(problems.map(({ id, kind }) => `${id} ${kind}`));
  };
  core.subscribe(report);
  report();
}

/** A test of this command runs an engine of its own, so that it needs no build. */
function engineScript(root: string): string {
  const { WATCHTOWER_TEST: test, WATCHTOWER_ENGINE: engine } = process.env;
  return test === '1' && engine ? engine : join(root, 'out', 'node', 'engine.mjs');
}

async function end(core: Core): Promise<void> {
  setTimeout(() => process.exit(0), exitMs).unref();
  await core.close();
  process.exit(0);
}

/** The first host may be starting: its address is known a moment later. */
async function alreadyRunning(home: string, pid: number): Promise<CommandFailure> {
  const until = Date.now() + holderStartsMs;
  let host = await findHost(home);
  while (!host && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    host = await findHost(home);
  }
  const where = host ? `at ${host.url} (pid ${pid})` : `as pid ${pid}, still starting`;
  return new CommandFailure(
    {
      kind: 'already-running',
      message: `Watchtower already runs on this home, ${where}.`,
      hint: '`watchtower open` opens its panel. Use that one, end it first, or set WATCHTOWER_HOME to another folder.',
    },
    EXIT.alreadyRunning,
  );
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}

function parseLoopback(text: string): string {
  if (text === 'localhost') return '127.0.0.1';
  if (/^127(?:\.\d{1,3}){3}$/.test(text) || text === '::1') return text;
  throw new InvalidArgumentError(
    'Watchtower listens on this machine only: telemetry holds secrets, and whoever reaches the ports could read and write it. ' +
      'For another machine, forward the ports over SSH.',
  );
}
