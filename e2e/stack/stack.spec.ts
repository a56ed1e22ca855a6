import { expect, test } from '@playwright/test';
import { findSpans } from '../../bench/soak/find-spans';
import { RetryingClient } from '../../bench/soak/retrying-client';
import { newTraceId, sendHistogram, sendLog, sendSpans } from '../send-otlp';
import {
  cli,
  containerIds,
  containerOf,
  docker,
  openStackHost,
  type StackHost,
  whyNoCompose,
  whyNoStack,
} from './stack-host';

const reason = whyNoStack();
const noCompose = reason ?? whyNoCompose();
const services = ['alloy', 'grafana', 'loki', 'prometheus', 'tempo'];
const composeFile = 'resources/stack/docker-compose.yml';

test.describe.configure({ mode: 'serial' });
test.skip(reason !== null, reason ?? '');
test.setTimeout(180_000);

let stack: StackHost;
test.beforeAll(async () => {
  if (reason === null) stack = await openStackHost();
});
test.afterAll(() => stack?.dispose());

const portOf = (url: string) => Number(new URL(url).port);
const stateOf = async () => (await stack.status()).state;
const embeddedTraces: Map<string, string[]>[] = [];

async function answer<Body>(url: string): Promise<Body> {
  return (await (await fetch(url)).json()) as Body;
}

/** Every span, log line and exemplar of one trace, by the query APIs of whatever backend runs. */
async function expectQueryable(traceId: string, service: string): Promise<void> {
  const { tempo, loki, prometheus } = (await stack.status()).endpoints;
  const query = encodeURIComponent(`{service_name="${service}"}`);
  await expect(async () => {
    expect((await fetch(`${tempo}/api/traces/${traceId}`)).status).toBe(200);
    const logs = await answer<{ data: { result: unknown[] } }>(`${loki}/loki/api/v1/query_range?query=${query}`);
    expect(JSON.stringify(logs.data.result)).toContain('the order was placed');
    const metrics = await answer<{ data: { result: unknown[] } }>(
      `${prometheus}/api/v1/query?query=${encodeURIComponent('checkout_seconds_count')}`,
    );
    expect(metrics.data.result).not.toEqual([]);
  }).toPass({ timeout: 30_000 });
}

async function send(service: string): Promise<string> {
  const endpoint = (await stack.status()).endpoints.otlpHttp;
  const traceId = newTraceId();
  const spanId = traceId.slice(0, 16);
  await sendSpans(endpoint, [{ traceId, spanId, service, name: 'checkout' }]);
  await sendLog(endpoint, { service, body: 'the order was placed', traceId, spanId });
  await sendHistogram(endpoint, { service, name: 'checkout_seconds', count: 3, traceId, spanId });
  return traceId;
}

test('the backend is switched while an SDK keeps sending to the same ports, and nothing acknowledged is lost', async () => {
  const { otlpGrpc, otlpHttp } = (await stack.status()).endpoints;
  const client = new RetryingClient({ grpc: portOf(otlpGrpc), http: portOf(otlpHttp) });
  await expect.poll(async () => (await stack.status()).ingest.totals.spans).toBeGreaterThan(500);
  await cli(stack, 'backend', 'docker');
  expect(await stack.status()).toMatchObject({
    backend: 'docker',
    state: 'ready',
    endpoints: { otlpGrpc, otlpHttp, grafana: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) },
  });
  await expect.poll(async () => (await stack.status()).ingest.totals.spans).toBeGreaterThan(500);
  const { acknowledged, repeated } = await client.finish();
  expect(repeated).toBeGreaterThan(0);
  embeddedTraces.push(acknowledged);
});

test('traces, logs and metrics go in by OTLP and come out by the query APIs', async () => {
  const traceId = await send('stack-shop');
  await expectQueryable(traceId, 'stack-shop');
  const { grafana } = (await stack.status()).endpoints;
  expect((await fetch(`${grafana}/api/health`)).status).toBe(200);
});

test('docker compose sees the same project and leaves it as it is', async () => {
  test.skip(noCompose !== null, noCompose ?? '');
  const compose = ['compose', '-p', stack.project, '-f', composeFile];
  const listed = (await docker(...compose, 'ps', '--services')).split('\n').sort();
  expect(listed).toEqual(services);
  expect(await containerIds(stack)).toHaveLength(5);
});

test('a killed container is seen within a second, named by `status`, and mended by `up`', async () => {
  const before = await containerIds(stack);
  await docker('kill', containerOf(stack, 'loki'));
  const killed = Date.now();
  await expect.poll(stateOf, { intervals: [50] }).toBe('degraded');
  expect(Date.now() - killed).toBeLessThan(1_500);
  await expect(cli(stack, 'status')).rejects.toThrow(/Loki ended with exit code 137/);
  await cli(stack, 'up');
  expect(await stateOf()).toBe('ready');
  expect(await containerIds(stack)).toEqual(before);
});

test('one service is restarted, and its log is read', async () => {
  const before = (await stack.stack()).services.find(({ name }) => name === 'prometheus')!;
  await cli(stack, 'restart', 'prometheus');
  await expect.poll(stateOf).toBe('ready');
  const after = (await stack.stack()).services.find(({ name }) => name === 'prometheus')!;
  expect(after.instance).toBe(before.instance);
  expect(after.startedAt).toBeGreaterThan(before.startedAt!);
  expect((await cli(stack, 'logs', 'prometheus', '--tail', '20')).split('\n').length).toBeGreaterThan(2);
});

test('a host that was killed leaves the stack alone, and the next one takes it over as it is', async () => {
  const before = await containerIds(stack);
  const ports = (await stack.status()).endpoints;
  stack.host.process.kill('SIGKILL');
  const traceId = newTraceId();
  await sendSpans(ports.otlpHttp, [{ traceId, service: 'unwatched', name: 'nobody looks' }]);
  await stack.startAgain();
  await expect.poll(stateOf, { timeout: 20_000 }).toBe('ready');
  expect(await containerIds(stack)).toEqual(before);
  expect((await stack.stack()).adopted).toBe(true);
  expect((await stack.status()).endpoints).toEqual(ports);
  await expect.poll(async () => (await fetch(`${ports.tempo}/api/traces/${traceId}`)).status).toBe(200);
});

test('back to the embedded engine: both keep what they had', async () => {
  const docked = await findSpans((await stack.status()).endpoints.tempo, embeddedTraces[0]!);
  await cli(stack, 'backend', 'embedded');
  expect(await stack.status()).toMatchObject({ backend: 'embedded', state: 'ready' });
  expect(await docker('ps', '-q', '--filter', `label=com.docker.compose.project=${stack.project}`)).toBe('');
  const embedded = await findSpans((await stack.status()).endpoints.tempo, embeddedTraces[0]!);
  expect(docked.found).toBeGreaterThan(0);
  expect(embedded.found).toBeGreaterThan(0);
  expect(docked.missing.filter((id) => embedded.missing.includes(id))).toEqual([]);
  expect([...docked.strange, ...embedded.strange, ...docked.doubled, ...embedded.doubled]).toEqual([]);
  await cli(stack, 'backend', 'docker');
  const again = await findSpans((await stack.status()).endpoints.tempo, embeddedTraces[0]!);
  expect(again.found).toBe(docked.found);
});

test('`down` keeps the volumes, `clean` names what it deletes, and nothing is left', async () => {
  await cli(stack, 'down');
  expect(await stateOf()).toBe('stopped');
  expect(await docker('ps', '-aq', '--filter', `label=com.docker.compose.project=${stack.project}`)).toBe('');
  const said = await cli(stack, 'clean', '--yes');
  for (const kept of ['Tempo: traces', 'Loki: logs', 'Prometheus: metrics']) expect(said).toContain(kept);
  expect(await docker('volume', 'ls', '-q', '--filter', `label=com.docker.compose.project=${stack.project}`)).toBe('');
});
