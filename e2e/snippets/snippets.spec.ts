import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { startHost, type TestHost } from '../start-host';
import { followSnippet, type PrintedSnippet, runInShell } from './follow-snippet';
import { type Signal, SnippetMatrix, signals } from './snippet-matrix';
import { notRun, type SnippetRuntime, snippetRuntimes } from './snippet-runtimes';

/** A folder that keeps packages and builds from run to run; `npm run test:snippets` gives one. */
const cache = process.env.WATCHTOWER_SNIPPET_CACHE ? resolve(process.env.WATCHTOWER_SNIPPET_CACHE) : undefined;
const installMs = 1_200_000;
const arrivalMs = 60_000;

const matrix = new SnippetMatrix();
let host: TestHost;

test.beforeAll(async () => {
  host = await startHost();
});
test.afterAll(async () => {
  await host.stop();
  console.log(`\nThe snippets as printed, with the newest packages:\n\n${matrix}\n`);
});

for (const runtime of snippetRuntimes) {
  test(`the ${runtime.language} snippet, run as it is, sends traces, logs and metrics over both protocols`, async () => {
    test.setTimeout(installMs);
    const reason = whyNot(runtime);
    if (reason) matrix.addNotRun(runtime.language, reason);
    test.skip(reason !== undefined, reason);
    const folder = await mkdtemp(join(tmpdir(), `watchtower-snippet-${runtime.language}-`));
    if (cache) await mkdir(cache, { recursive: true });
    const env = { ...process.env, ...(cache && runtime.kept?.(cache)), ...runtime.environment?.(folder) };
    try {
      if (runtime.project) await runInShell(runtime.project, folder, env);
      for (const protocol of ['grpc', 'http']) {
        const service = `${runtime.language}-over-${protocol}`;
        const printed = await host.cli(
          'snippet',
          runtime.language,
          '--service',
          service,
          '--protocol',
          protocol,
          '--json',
        );
        expect(printed.code, printed.stderr).toBe(0);
        const snippet = JSON.parse(printed.stdout) as PrintedSnippet;
        await followSnippet(snippet, folder, env, runtime.inShell ?? ((code) => code));
        const arrived = await awaitSignals(service);
        matrix.add(runtime.language, protocol, arrived);
        expect(arrived, service).toEqual({ traces: true, logs: true, metrics: true });
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

for (const [language, reason] of Object.entries(notRun)) {
  test(`the ${language} snippet, run as it is`, () => {
    matrix.addNotRun(language, reason);
    test.skip(true, reason);
  });
}

test('every language that is offered is in the table', async () => {
  const offered = JSON.parse((await host.cli('snippet', '--json')).stdout) as { id: string }[];
  const here = [...snippetRuntimes.map(({ language }) => language), ...Object.keys(notRun)];
  expect(here.toSorted()).toEqual(offered.map(({ id }) => id).toSorted());
});

function whyNot({ programs, isSlow }: SnippetRuntime): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const missing = programs.find((program) => !folders.some((folder) => existsSync(join(folder, program))));
  if (missing) return `${missing} is not installed`;
  return isSlow && !cache ? 'WATCHTOWER_SNIPPET_CACHE names no folder of packages (npm run test:snippets)' : undefined;
}

/** Which signals of the service have arrived; waits for all of them, for a while. */
async function awaitSignals(service: string): Promise<Record<Signal, boolean>> {
  const arrived: Record<Signal, boolean> = { traces: false, logs: false, metrics: false };
  const look = async () => {
    for (const signal of signals) arrived[signal] ||= await ask[signal](service);
    return signals.every((signal) => arrived[signal]);
  };
  await expect
    .poll(look, { timeout: arrivalMs })
    .toBe(true)
    .catch(() => {});
  return arrived;
}

const ask: Record<Signal, (service: string) => Promise<boolean>> = {
  traces: async (service) => {
    const query = new URLSearchParams({ q: `{ resource.service.name = "${service}" }`, limit: '10' });
    return (await get<{ traces: unknown[] }>(`${host.tempo}/api/search?${query}`)).traces.length > 0;
  },
  logs: async (service) => {
    const query = new URLSearchParams({ query: `{service_name="${service}"} |= "card charged"` });
    return (await get<Answer>(`${host.loki}/loki/api/v1/query_range?${query}`)).data.result.length > 0;
  },
  // Not those that the engine derives from spans.
  metrics: async (service) => {
    const query = new URLSearchParams({ query: `{job="${service}",__name__!~"traces_.*|target_info"}` });
    return (await get<Answer>(`${host.prometheus}/api/v1/query?${query}`)).data.result.length > 0;
  },
};

interface Answer {
  data: { result: unknown[] };
}

async function get<Value>(url: string): Promise<Value> {
  const answer = await fetch(url);
  expect(answer.ok, `${url} answers ${answer.status}`).toBe(true);
  return (await answer.json()) as Value;
}
