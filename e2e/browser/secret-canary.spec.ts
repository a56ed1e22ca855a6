import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type OtlpSink, startOtlpSink } from '../otlp-sink';
import { sendSpans } from '../send-otlp';
import { startHost, type TestHost } from '../start-host';

const token = 'Q0FOQVJZ-canary-token-42';
/** In clear, as a URL and as base64 write it; the last without the ends, which depend on what stands around it. */
const forms = [token, encodeURIComponent(token), Buffer.from(token).toString('base64').slice(0, -2)];

let home: string;
let host: TestHost;
let sink: OtlpSink;
const answers: string[] = [];

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'watchtower-canary-'));
  sink = await startOtlpSink();
  host = await startHost(home);
});
test.afterAll(async () => {
  await host.stop();
  await sink.close();
  await rm(home, { recursive: true, force: true });
});

/** Calls a procedure as an agent does, and keeps its answer. */
async function call(procedure: string, input?: object) {
  const { url, token: hostToken } = JSON.parse(await readFile(join(home, 'host.json'), 'utf8'));
  const answer = await fetch(`${url}/rpc/${procedure}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${hostToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ json: input }),
  });
  const text = await answer.text();
  answers.push(text);
  return { status: answer.status, json: JSON.parse(text).json };
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Arguments and environment of the host and of every process below it; Linux alone tells them. */
async function processTexts(root: number): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const children = await readFile(`/proc/${root}/task/${root}/children`, 'utf8');
  const own = await Promise.all(['cmdline', 'environ'].map((name) => readFile(`/proc/${root}/${name}`, 'utf8')));
  const below = children.trim() === '' ? [] : children.trim().split(' ').map(Number);
  return [...own, ...(await Promise.all(below.map(processTexts))).flat()];
}

const enabled = async () => (await call('destinations/snapshot')).json.destinations[0].enabled;

test('a destination works over a restart of the host, its header on every request', async () => {
  const endpoint = `${sink.url}/receiver/v1/otlp/${token}`;
  expect((await call('destinations/add', { kind: 'sumo', name: 'Sumo', endpoint })).status).toBe(200);
  expect((await call('destinations/test', { id: 'sumo' })).json).toMatchObject({ ok: true, status: 200 });
  const rules = [
    { action: 'hash', keys: 'enduser\\.id' },
    { action: 'mask', values: 'pin \\d+' },
  ];
  expect((await call('destinations/setRedaction', { rules })).status).toBe(200);
  expect((await call('destinations/toggle', { enabled: true })).json.change).toEqual({ state: 'done' });
  const attributes = { 'enduser.id': 'alice', note: 'pin 1234' };
  await sendSpans(host.otlp.http, [{ service: 'shop', name: 'before', attributes }]);
  await expect.poll(() => sink.items('traces').map(({ name }) => name)).toContain('before');
  const sent = sink.items('traces').find(({ name }) => name === 'before');
  expect(JSON.stringify(sent)).not.toMatch(/alice|1234/);

  await host.stop();
  host = await startHost(home);
  expect(await enabled()).toBe(true);
  await expect.poll(async () => (await call('host/snapshot')).json.state).toBe('ready');
  await sendSpans(host.otlp.http, [{ service: 'shop', name: 'after' }]);
  await expect.poll(() => sink.items('traces').map(({ name }) => name)).toContain('after');
  expect(new Set(sink.requests.map(({ headers }) => headers['x-sumo-token']))).toEqual(new Set([token]));
});

test('a preview shows what the rules would change in what is kept', async () => {
  const rules = [{ action: 'drop', keys: 'enduser\\..*' }];
  await expect
    .poll(async () => (await call('destinations/preview', { rules })).json.samples)
    .toEqual([{ signal: 'traces', service: 'shop', place: 'span.enduser.id', before: 'alice', after: null }]);
});

test('failures are told without the token', async () => {
  sink.answer({ status: 401, body: `bad token ${token} at /receiver/v1/otlp/${token}` });
  expect((await call('destinations/test', { id: 'sumo' })).json).toMatchObject({ ok: false, status: 401 });
  await sendSpans(host.otlp.http, [{ service: 'shop', name: 'refused' }]);
  await expect
    .poll(async () => (await call('destinations/snapshot')).json.destinations[0].delivery.lastError?.message)
    .toContain('401');
  const elsewhere = { kind: 'sumo', name: 'Sumo', endpoint: 'https://sumo.example/receiver/v1/otlp' };
  const moved = await call('destinations/update', { id: 'sumo', destination: elsewhere });
  expect(moved).toMatchObject({ status: 409, json: { data: { kind: 'secret-needed' } } });
  sink.answer({ status: 200 });
});

test('the token stands in no answer, argument, environment, log or file but the secret file', async () => {
  for (const args of [
    ['destination', 'list'],
    ['destination', 'list', '--json'],
    ['sumo', 'status'],
    ['status'],
    ['doctor'],
  ]) {
    const { stdout, stderr } = await host.cli(...args);
    answers.push(stdout, stderr);
  }
  await call('host/doctor');
  const texts = [...answers, ...(await processTexts(host.process.pid!))];
  expect(texts.length).toBeGreaterThan(20);
  const places: string[] = [];
  for (const path of await filesBelow(home)) {
    const text = await readFile(path, 'latin1');
    if (forms.some((form) => text.includes(form))) places.push(path);
  }
  for (const text of texts) for (const form of forms) expect(text).not.toContain(form);
  expect(places).toEqual([join(home, 'secrets.json')]);
});
