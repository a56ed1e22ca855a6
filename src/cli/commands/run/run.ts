import { realpathSync } from 'node:fs';
import { constants } from 'node:os';
import type { CommandRuntime } from '../../../core/cli-runtime';
import { findPackageRoot } from '../../../core/find-package-root';
import type { HostClient } from '../../../core/http/client/create-host-client';
import { resolveHome } from '../../../core/ownership/resolve-home';
import { runSpanRequest } from '../../../core/run-command/otlp-json';
import { postOtlp } from '../../../core/run-command/post-otlp';
import { createClock } from '../../../core/run-command/show-output';
import type { ChildEnd } from '../../../core/run-command/start-child';
import { addInstrumentation } from '../../../core/run-environment/add-instrumentation';
import { composeEnvironment, type RunFacts } from '../../../core/run-environment/compose-environment';
import { findExecutable } from '../../../core/run-environment/find-executable';
import { nameService } from '../../../core/run-environment/name-service';
import { prepareInstrumentation } from '../../../core/run-environment/prepare-instrumentation';
import { readRevision } from '../../../core/runs/read-revision';
import { maskSecrets } from '../../../core/secrets/mask-secrets';
import { findAgentSession } from '../../../shared/agents/find-agent-session';
import type { RunReport } from '../../../shared/contract/runs';
import { isSameCommand } from '../../../shared/run-diff/same-command';
import type { RunIdentity } from '../../../shared/runs/run';
import { attachTo } from '../../attach';
import { CommandFailure } from '../../command-failure';
import { explainFailure } from '../../run-command';
import { findOrStart } from '../../start-background-host';
import { printable, type Terminal } from '../../terminal';
import { untilInterrupted } from '../../until-interrupted';
import { endRun } from './end-run';
import { type KeptOutput, keepOutput } from './keep-output';
import { nameRun } from './name-run';
import { NotStarted } from './not-started';
import { readTraceparent } from './read-traceparent';
import { RUN_EXIT, type RunOptions } from './run-options';
import { runToItsEnd } from './run-to-its-end';

export interface RunOutcome {
  exitCode: number;
  /** Missing where no host took the end. */
  report?: RunReport;
  client: HostClient;
}

/** Where others of the run go on after its command has ended. */
const usualQuietMs = 2_000;
/** Most commands have ended by then. */
const afterMs = 1_000;

/** Runs a command, keeps what it tells, and gives back its exit code. What goes wrong before it runs is a `CommandFailure`. */
export async function runCommandInRun(
  command: readonly [string, ...string[]],
  options: RunOptions,
  terminal: Terminal,
  runtime: CommandRuntime,
): Promise<RunOutcome> {
  const say = (line: string) => terminal.error(`watchtower: ${printable(line)}\n`);
  const folder = realpathSync(process.cwd());
  const program = findProgram(command[0]);
  const given =
    options.compare === undefined || options.compare === 'last'
      ? undefined
      : await (await import('./read-side')).readSide(options.compare);
  const home = resolveHome();
  // git works meanwhile.
  const asked = runtime.revision ?? readRevision(folder);
  const { host, started } = await findOrStart([], runtime);
  const { client, ask } = attachTo(host);
  if (started) say('Watchtower was started in the background; `watchtower shutdown` ends it.');
  const shown = command.map((word) => maskSecrets(word));
  // Which run is meant is decided now: when the command has ended, this one is the last of its name.
  const base =
    given && ('ref' in given ? await ask((signal) => client.runs.get(given, { signal })) : given.summary.run);
  const compare = base && given && ('ref' in given ? { ref: base.id } : given);
  if (base && !options.force && !isSameCommand(base, { command: shown, folder })) throw otherCommand(base, shown);
  const [{ instrumentation, notes }, revision] = await Promise.all([
    prepareInstrumentation({
      package: findPackageRoot(import.meta.url),
      home,
      command,
      folder,
      variables: process.env,
      say,
    }),
    asked,
  ]);
  const span = readTraceparent(process.env.TRACEPARENT);
  const agent = findAgentSession(process.env);
  const begin = {
    name: options.name ?? nameRun(command),
    command: shown,
    folder,
    ...(revision && { revision }),
    ...(process.env.WATCHTOWER_RUN_ID && { parentId: process.env.WATCHTOWER_RUN_ID }),
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentSpanId !== undefined && { parentSpanId: span.parentSpanId }),
    ...(agent && { agent }),
    pid: process.pid,
  };
  const { endpoints, ...begun } = await ask((signal) => client.runs.begin(begin, { signal }));
  const run: RunFacts = { ...begun, command: shown };
  const { variables, leftAlone } = composeEnvironment(process.env, run, {
    ...endpoints,
    service: options.service,
    usualService: nameService(command, folder, begun.name, process.env),
  });
  addInstrumentation(variables, instrumentation, command);
  if (leftAlone.length > 0) say(`Left as you set it: ${leftAlone.join(', ')}.`);
  for (const note of notes) say(note);
  if (!endpoints.otlpHttp && options.capture) say('The output is not kept: no OTLP/HTTP endpoint is known.');

  const service = options.service ?? begun.name;
  const output =
    options.capture && endpoints.otlpHttp
      ? keepOutput({ client, run, service, home, endpoint: endpoints.otlpHttp })
      : undefined;
  const clock = createClock();
  // Standard output is the report's alone.
  const toStdout = options.json ? process.stderr : process.stdout;
  const startNs = clock();
  const loading = setTimeout(loadTheRest, afterMs).unref();
  const { ended, survivors } = await runToItsEnd(
    { program, args: command.slice(1), env: variables },
    { output, clock, toStdout, say },
  );
  clearTimeout(loading);
  const endNs = clock();

  const signal = ended.signal ?? undefined;
  if (options.waitQuiet !== undefined || survivors) {
    if (survivors)
      say(
        'Processes that it started go on in the background: what they send is still of this run, what they print is not shown any more.',
      );
    const quietMs = options.waitQuiet ?? usualQuietMs;
    const { untilQuiet } = await import('./until-quiet');
    const quiet = await untilQuiet(client, begun.id, quietMs, untilInterrupted()).catch(() => true);
    if (!quiet) say('Telemetry of it was still arriving when waiting ended.');
  }
  const tellSpan = async () => {
    if (!endpoints.otlpHttp) return;
    const told = { startNs, endNs, exitCode: ended.exitCode, signal, parentSpanId: span.parentSpanId };
    await postOtlp(endpoints.otlpHttp, 'traces', runSpanRequest(run, service, told)).catch(() => undefined);
  };
  const sendRest = async () => {
    if (!output || output.sender.isEmpty) return;
    // What the application exports of the same lines is looked for once it is there.
    await client.runs.settled({}).catch(() => undefined);
    await output.sender.close();
  };
  await Promise.all([tellSpan(), sendRest()]);
  const report = await endRun(client, home, {
    id: begun.id,
    exitCode: ended.exitCode,
    endedAt: ended.at,
    ...(signal !== undefined && { signal }),
    ...(output && { unkeptLines: output.sender.dropped + output.sender.spooled }),
    ...(compare && { compare, force: options.force ?? false }),
  }).catch((error: unknown) => {
    // What the command said with its exit code is not lost by it.
    say(`What it did could not be told: ${explainFailure(error).problem.message}`);
    return undefined;
  });
  tellOfOutput(output, report === null, say);
  return { exitCode: exitCodeOf(ended), client, ...(report && { report }) };
}

/**
 * What only some ends need is loaded while the command runs: a Watchtower that is brought up to date meanwhile has these files no
 * more, and its hosts are ended.
 */
function loadTheRest(): void {
  void Promise.allSettled([import('./until-quiet'), import('../../../core/runs/run-book')]);
}

function findProgram(name: string): string {
  const found = findExecutable(name, process.env);
  if (found?.mayRun) return found.path;
  throw found
    ? new NotStarted(
        `${name} cannot be run.`,
        RUN_EXIT.notExecutable,
        'It is a folder, or has no permission to be run.',
      )
    : new NotStarted(`${name} was not found.`, RUN_EXIT.notFound, 'Look at its spelling, and at PATH.');
}

function otherCommand(base: RunIdentity, command: readonly string[]): CommandFailure {
  return new CommandFailure({
    kind: 'run-other-command',
    message: `The run ${base.id} (${base.name}) ran another command: \`${base.command.join(' ').slice(0, 200)}\`, and not \`${command.join(' ').slice(0, 200)}\`.`,
    hint: 'Nothing was started. Compare with a run of this command, or add --force.',
  });
}

function tellOfOutput(output: KeptOutput | undefined, hostGone: boolean, say: (line: string) => void): void {
  if (output && output.sender.dropped > 0)
    say(
      `${output.sender.dropped.toLocaleString('en-US')} lines of output are not kept: there were too many, or nobody took them.`,
    );
  if (output && output.sender.spooled > 0)
    say(
      `${output.sender.spooled.toLocaleString('en-US')} lines are in ${output.spool}: \`watchtower import\` gives them to a host.`,
    );
  if (hostGone)
    say(
      'Watchtower ended meanwhile: there is no summary yet. `watchtower runs show last` makes it when it runs again.',
    );
}

function exitCodeOf({ exitCode, signal }: ChildEnd): number {
  return exitCode ?? RUN_EXIT.signal + (signal ? constants.signals[signal] : 0);
}
