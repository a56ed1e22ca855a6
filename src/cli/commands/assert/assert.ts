import { writeFile } from 'node:fs/promises';
import { judgeAssertions } from '../../../core/assertions/judge-assertions';
import { type Assertions, loadAssertions } from '../../../core/assertions/load/load-assertions';
import { renderJunit } from '../../../core/assertions/render-junit';
import type { CaseVerdict } from '../../../core/assertions/verdict';
import { createObservedHost } from '../../../core/observing/create-observed-host';
import type { ObservedHost } from '../../../core/observing/observed-host';
import type { HostStatus } from '../../../shared/contract/host';
import type { Run } from '../../../shared/runs/run';
import { attach } from '../../attach';
import { CommandFailure } from '../../command-failure';
import { EXIT, type ExitCode } from '../../exit-codes';
import { jsonLine, type Terminal } from '../../terminal';
import { describeCase, describePlace } from '../../text/describe-verdicts';

export interface AssertOptions {
  /** Without one, and with a `watchtower.yaml`, the last. */
  run?: string;
  /** Milliseconds back from now, for what is of no run. */
  since: number;
  /** Milliseconds. */
  timeout: number;
  absentFor?: number;
  appHost: string;
  appPort: number;
  fixtureRuns?: boolean;
  allowScripts?: boolean;
  junit?: string;
  json?: boolean;
}

/** Judges what is named, or the `watchtower.yaml` above; 0 all holds, 6 something does not, 8 not all could be judged. */
export async function assert(named: readonly string[], options: AssertOptions, terminal: Terminal): Promise<ExitCode> {
  return judge(readAssertions(named, options), options, terminal);
}

/** What is named, read; fails with exit code 2 and every mistake by its file and line. */
export function readAssertions(
  named: readonly string[],
  { fixtureRuns = false }: { fixtureRuns?: boolean },
): Assertions {
  const loaded = loadAssertions(named, { folder: process.cwd(), fixtureRuns });
  if ('problems' in loaded) {
    const [first, ...others] = loaded.problems.map(({ place, message }) => `${describePlace(place)}: ${message}`);
    const details = others.length > 0 ? others.join('\n') : undefined;
    const hint = 'docs/assertions.md says what such files hold.';
    throw new CommandFailure(
      { kind: 'assertions-invalid', message: first!, hint, ...(details && { details }) },
      EXIT.usage,
    );
  }
  return loaded;
}

/** Judges and prints; the exit code is that of `assert`. */
export async function judge(loaded: Assertions, options: AssertOptions, terminal: Terminal): Promise<ExitCode> {
  const { client } = await attach();
  const host = createObservedHost(client);
  const status = await client.host.snapshot();
  const run = await findRun(host, loaded, options);
  const at = Date.now();
  const verdicts = await judgeAssertions(
    loaded,
    {
      host,
      run,
      from: at - options.since,
      timeoutMs: options.timeout,
      ...(options.absentFor !== undefined && { absentMs: options.absentFor }),
      app: { host: options.appHost, port: options.appPort },
      otlpHttp: status.endpoints.otlpHttp,
      scripts: options.allowScripts ? scriptVariables(status, options) : null,
    },
    (verdict) => {
      if (!options.json) terminal.out(describeCase(verdict, terminal));
    },
  );
  if (options.junit) await writeFile(options.junit, renderJunit(verdicts, at));
  if (options.json) terminal.out(jsonLine({ run: run?.id ?? null, cases: verdicts }));
  return exitCodeOf(verdicts);
}

function exitCodeOf(verdicts: readonly CaseVerdict[]): ExitCode {
  if (verdicts.some(({ state }) => state === 'failed')) return EXIT.unmet;
  return verdicts.some(({ state }) => state === 'refused') ? EXIT.notJudged : EXIT.ok;
}

/** The one that is named; the last where only a run can be judged, and there is one. */
async function findRun(host: ObservedHost, { budgets }: Assertions, { run }: AssertOptions): Promise<Run | null> {
  if (run !== undefined) return host.run(run);
  return budgets.length > 0 ? host.run('last').catch(() => null) : null;
}

/** Those that OATs gives to scripts, and where the query APIs are. */
function scriptVariables({ endpoints }: HostStatus, { appHost, appPort }: AssertOptions): Record<string, string> {
  return {
    OATS_FIXTURE_TYPE: 'remote',
    OATS_APP_URL: `http://${appHost}:${appPort}`,
    ...(endpoints.otlpHttp && { OATS_OTLP_HTTP: endpoints.otlpHttp }),
    ...(endpoints.grafana && { OATS_GRAFANA_URL: endpoints.grafana }),
    WATCHTOWER_TEMPO_URL: endpoints.tempo,
    WATCHTOWER_LOKI_URL: endpoints.loki,
    WATCHTOWER_PROMETHEUS_URL: endpoints.prometheus,
  };
}
