import { expect, test } from '@playwright/test';
import { firstOfTail } from '../first-of-tail';
import { openPage } from '../open-page';
import { newSpanId, newTraceId, sendHistogram, sendLog, sendSpans } from '../send-otlp';
import { startHost, type TestHost } from '../start-host';
import { cli, containerOf, docker, openStackHost, type StackHost, whyNoStack } from './stack-host';

// A Watchtower on the three APIs of a Docker stack that another one runs: it sees what the stack keeps, and owns nothing of it.

const reason = whyNoStack();
test.describe.configure({ mode: 'serial' });
test.skip(reason !== null, reason ?? '');
test.setTimeout(180_000);

const service = 'their-shop';
const trace = { traceId: newTraceId(), spanId: newSpanId() };
let theirs: StackHost;
let ours: TestHost;
let endpoints: Awaited<ReturnType<StackHost['status']>>['endpoints'];

test.beforeAll(async () => {
  if (reason !== null) return;
  theirs = await openStackHost();
  await cli(theirs, 'backend', 'docker');
  endpoints = (await theirs.status()).endpoints;
  ours = await startHost();
});
test.afterAll(async () => {
  await ours?.stop();
  await theirs?.dispose();
});

const asked = async (...query: string[]) => (await ours.cli('query', ...query, '--json')).stdout;

test('is set to the addresses of the stack, and each of them answers', async () => {
  const { tempo, loki, prometheus, otlpHttp } = endpoints;
  const addresses = ['--tempo', tempo, '--loki', loki, '--prometheus', prometheus, '--otlp-http', otlpHttp];
  const set = await ours.cli('backend', 'external', ...addresses);
  expect(set, set.stdout + set.stderr).toMatchObject({ code: 0 });
  expect(set.stdout.match(/✓/g)).toHaveLength(4);
  const status = await ours.cli('status');
  expect(status.stdout).toMatch(/backend +external, ready/);
  for (const address of [tempo, loki, prometheus, otlpHttp]) expect(status.stdout).toContain(address);
});

test('finds the traces, lines and metrics of an app that sends where the environment says', async () => {
  const env = await ours.cli('env', '--protocol', 'http');
  expect(env.stdout).toContain(endpoints.otlpHttp);
  await sendSpans(endpoints.otlpHttp, [{ ...trace, service, name: 'checkout' }]);
  await sendLog(endpoints.otlpHttp, { ...trace, service, body: 'the order was placed' });
  await sendHistogram(endpoints.otlpHttp, { ...trace, service, name: 'checkout_seconds', count: 3 });
  await expect.poll(() => asked('traces', `{ resource.service.name = "${service}" }`)).toContain(trace.traceId);
  await expect.poll(() => asked('logs', `{service_name="${service}"}`)).toContain('the order was placed');
  await expect.poll(() => asked('metrics', 'checkout_seconds_count')).toContain(service);
  expect((await ours.cli('trace', trace.traceId)).stdout).toContain(`${service} checkout`);
});

test('follows lines and traces as they come', async () => {
  const line = await firstOfTail(ours, 'logs', () =>
    sendLog(endpoints.otlpHttp, { ...trace, service, body: 'a line that just came' }),
  );
  expect(JSON.parse(line)).toMatchObject({ line: 'a line that just came', service, traceId: trace.traceId });
  const summary = await firstOfTail(ours, 'traces', () =>
    sendSpans(endpoints.otlpHttp, [{ service, name: 'a span that just came' }]),
  );
  expect(JSON.parse(summary)).toMatchObject({ rootService: service });
});

test('shows them in the panel, and of the stack what is not its own', async ({ page }) => {
  // A browser gives up a page that loads while a network appears: it is loaded again.
  await expect(async () => {
    await openPage(page, ours, `/traces/${trace.traceId}`);
    await expect(page.getByText('checkout').first()).toBeVisible({ timeout: 3_000 });
  }).toPass();
  await page.goto(new URL('/logs', ours.ui).href);
  await expect(page.getByText('the order was placed').first()).toBeVisible();
  await page.goto(new URL('/stack', ours.ui).href);
  await expect(page.getByRole('heading', { name: 'Not from here' })).toBeVisible();
  await expect(page.getByRole('button', { name: /Stop|Restart/ })).toHaveCount(0);
});

test('says in doctor, status and panel which part of the stack is gone, and when it is back', async ({ page }) => {
  const before = await ours.cli('doctor');
  expect(before.stdout).toContain(`Loki API: ${endpoints.loki} answers.`);
  await docker('stop', containerOf(theirs, 'loki'));
  // Until it has ended it may still answer, that it is ending.
  await expect
    .poll(async () => (await ours.cli('status')).stdout)
    .toMatch(new RegExp(`backend +external, degraded[^]*${endpoints.loki} does not answer`));
  const gone = await ours.cli('doctor');
  expect(gone.code).toBe(1);
  expect(gone.stdout).toContain(`${endpoints.loki} does not answer`);
  expect(gone.stdout).toContain(`Tempo API: ${endpoints.tempo} answers.`);
  // What still stands goes on.
  expect(await asked('traces', `{ resource.service.name = "${service}" }`)).toContain(trace.traceId);
  await page.goto(ours.ui);
  await expect(page.getByRole('alert').getByText(`${endpoints.loki} does not answer`)).toBeVisible();
  await docker('start', containerOf(theirs, 'loki'));
  await expect.poll(async () => (await ours.cli('status')).stdout, { timeout: 60_000 }).toMatch(/external, ready/);
});

test('neither stops nor deletes anything of the stack', async () => {
  for (const command of [['down'], ['clean', '--yes'], ['restart', 'loki'], ['logs', 'loki']]) {
    const refused = await ours.cli(...command);
    expect(refused.code, command.join(' ')).not.toBe(0);
    expect(refused.stderr, command.join(' ')).toMatch(/Somebody else/);
  }
  await ours.stop();
  expect(await theirs.status()).toMatchObject({ backend: 'docker', state: 'ready' });
});
