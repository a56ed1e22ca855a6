import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startHost, type TestHost } from '../start-host';

interface SearchAnswer {
  traces: { traceID: string }[];
}
interface VectorAnswer {
  data: { result: { metric: Record<string, string>; value: [number, string] }[] };
}
interface Stored {
  spans: number;
  logs: number;
  points: number;
  series: number;
}

// Each test goes on with what the one before has sent.
test.describe.configure({ mode: 'serial' });

let here: TestHost;
let there: TestHost;
let folder: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchtower-export-'));
  [here, there] = await Promise.all([startHost(), startHost()]);
});
test.afterAll(async () => {
  await Promise.all([here.stop(), there.stop()]);
  await rm(folder, { recursive: true, force: true });
});

const json = async <Answer>(url: string) => (await (await fetch(url)).json()) as Answer;

async function storedBy(host: TestHost): Promise<Stored> {
  const { stdout } = await host.cli('status', '--json');
  return JSON.parse(stdout).storage.stored as Stored;
}

async function ask(host: TestHost, promql: string, time?: number): Promise<VectorAnswer['data']['result']> {
  const url = new URL('/api/v1/query', host.prometheus);
  url.searchParams.set('query', promql);
  if (time !== undefined) url.searchParams.set('time', String(time));
  return (await json<VectorAnswer>(url.href)).data.result;
}

test('a fresh host answers the documented query up, and has received nothing', async () => {
  await expect.poll(async () => (await ask(there, 'up')).length).toBe(1);
  const [up] = await ask(there, 'up');
  expect(up!.value[1]).toBe('1');
  expect(up!.metric).toEqual({ __name__: 'up', job: 'watchtower', instance: new URL(there.otlp.http).host });
  expect(await storedBy(there)).toEqual({ spans: 0, logs: 0, points: 0, series: 0 });
});

test('what one host exports, another has after the import, and a second import changes nothing', async () => {
  const sent = JSON.parse((await here.cli('generate', '--duration', '3s', '--seed', '7', '--json')).stdout);
  await expect.poll(async () => (await storedBy(here)).spans, { timeout: 20_000 }).toBe(sent.spans);
  await expect.poll(async () => (await storedBy(here)).logs).toBe(sent.logs);
  const requests = 'sum(http_server_request_count_total)';
  await expect.poll(async () => (await ask(here, requests)).length).toBe(1);

  const file = join(folder, 'telemetry.jsonl');
  const exported = await here.cli('export', file);
  expect(exported.stderr).toMatch(/Exported \d+ requests of traces, \d+ requests of logs, \d+ requests of metrics/);
  expect(exported.code).toBe(0);
  const imported = await there.cli('import', file, '--json');
  expect(imported.code).toBe(0);
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const counts = JSON.parse(imported.stdout);
  expect(counts).toMatchObject({ rejected: 0 });
  expect(counts.traces + counts.logs + counts.metrics).toBe(lines.length);

  await expect.poll(async () => (await storedBy(there)).spans).toBe(sent.spans);
  await expect.poll(async () => (await storedBy(there)).logs).toBe(sent.logs);

  const { traces } = await json<SearchAnswer>(`${here.tempo}/api/search?limit=1`);
  const path = `/api/traces/${traces[0]!.traceID}`;
  const trace = await json<{ batches: object[] }>(there.tempo + path);
  expect(trace.batches.length).toBeGreaterThan(0);
  expect(trace).toEqual(await json(here.tempo + path));

  const now = Date.now() / 1000;
  await expect.poll(async () => (await ask(there, requests, now)).length).toBe(1);
  expect(await ask(there, requests, now)).toEqual(await ask(here, requests, now));
  const buckets = '{__name__=~"http_.+_(bucket|sum|count)"}';
  const ofHere = await ask(here, buckets, now);
  expect(ofHere.length).toBeGreaterThan(3);
  const sorted = (result: object[]) => result.map((series) => JSON.stringify(series)).sort();
  expect(sorted(await ask(there, buckets, now))).toEqual(sorted(ofHere));

  const samples = 'sum(count_over_time(http_server_request_count_total[1h]))';
  const before = { stored: await storedBy(there), samples: (await ask(there, samples, now))[0]!.value };
  expect((await there.cli('import', file)).code).toBe(0);
  const after = { stored: await storedBy(there), samples: (await ask(there, samples, now))[0]!.value };
  expect({ ...after.stored, points: 0, series: 0 }).toEqual({ ...before.stored, points: 0, series: 0 });
  expect(after.samples).toEqual(before.samples);
});

test('only the signals asked for are exported, to standard output when no file is named', async () => {
  const { stdout, code } = await here.cli('export', '--signals', 'logs', '--since', '1h');
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  for (const line of lines) expect(Object.keys(JSON.parse(line))).toEqual(['resourceLogs']);
});

test('a line that is no request is named by its number; what stands before it is imported', async () => {
  const file = join(folder, 'broken.jsonl');
  const record = { timeUnixNano: `${Date.now()}000000`, body: { stringValue: 'from the broken file' } };
  const good = JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] });
  await writeFile(file, `${good}\n\n{"resourceLogs":[\n${good}\n`);
  const before = await storedBy(there);
  const answer = await there.cli('import', file);
  expect(answer.code).toBe(1);
  expect(answer.stderr).toContain('Line 5, column 1 is no JSON: close bracket expected.');
  expect(answer.stderr).toContain('The request begins in line 3.');
  await expect.poll(async () => (await storedBy(there)).logs).toBe(before.logs + 1);

  await writeFile(file, `${JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ kind: 'SERVER' }] }] }] })}\n`);
  const refused = await there.cli('import', file);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('Line 1 was refused with 400');
});

test('a file that cannot be written or read is said as such', async () => {
  const missing = join(folder, 'no-such-folder', 'file');
  const exported = await here.cli('export', missing);
  expect(exported.code).toBe(2);
  expect(exported.stderr).toContain('cannot be written');
  const imported = await here.cli('import', missing);
  expect(imported.code).toBe(2);
});
