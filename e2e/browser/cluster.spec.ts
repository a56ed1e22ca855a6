import { expect, type Page, type TestInfo, test } from '@playwright/test';
import { crashAnnotation, readyAfterAnnotation } from '../../scripts/kubernetes/test-control-plane/kwok-config';
import { whyNoControlPlane } from '../../scripts/kubernetes/test-control-plane/programs';
import type { HostStatus } from '../../src/shared/contract/host';
import { openPage } from '../open-page';
import { newTraceId, sendLog, sendSpans } from '../send-otlp';
import { openStandInCluster, type StandInCluster } from '../stand-in-cluster';
import { startHost, type TestHost } from '../start-host';

// Panel and commands on a real API server, whose controllers, scheduler and Helm are real and whose kubelet is simulated.

const reason = whyNoControlPlane();
test.skip(reason !== null, reason ?? '');
test.describe.configure({ mode: 'serial' });
test.setTimeout(120_000);
// High enough for the whole page of the stack.
test.use({ trace: 'off', viewport: { width: 1440, height: 1900 } });

const secret = 'CANARYofAtest0815';
let cluster: StandInCluster;
let host: TestHost;

test.beforeAll(async () => {
  if (reason !== null) return;
  test.setTimeout(240_000);
  cluster = await openStandInCluster();
  host = await startHost(undefined, cluster.env);
});
test.afterAll(async () => {
  await host?.stop();
  await cluster?.close();
});

const state = (page: Page, word: string) => page.getByRole('heading', { name: `Kubernetes: ${word}` });
const row = (page: Page, title: string) =>
  page.getByRole('row').filter({ has: page.getByRole('button', { name: `Log of ${title}`, exact: true }) });
/** The word alone: `0 of 1 pod ready` is another one. */
const saying = (page: Page, title: string, word: string) => row(page, title).getByText(word, { exact: true });
const kubectl = (...args: string[]) => cluster.plane.kubectl(...args);
const podOf = async (name: string) =>
  (await kubectl('get', 'pods', '--selector', `app.kubernetes.io/name=${name}`, '--output=name')).trim();
/** Annotates the pods of a workload, which replaces them. */
const annotate = (workload: string, annotation: string, value: string | null) => {
  const template = { metadata: { annotations: { [annotation]: value } } };
  return kubectl('patch', ...workload.split('/'), '--patch', JSON.stringify({ spec: { template } }));
};
const status = async () => JSON.parse((await host.cli('status', '--json')).stdout) as HostStatus;

async function openStack(page: Page): Promise<void> {
  await openPage(page, host, '/stack');
  await expect(page.getByRole('heading', { name: 'Backend', exact: true })).toBeVisible();
}

/** The whole page in both themes. */
async function shoot(page: Page, info: TestInfo, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: info.outputPath(`${name}-${colorScheme}.png`) });
  }
}

test('the switch deploys the stack step by step; pods that no node takes are told with the reason', async ({
  page,
}, info) => {
  await kubectl('cordon', 'watchtower-control-plane');
  await openStack(page);
  const card = page.getByRole('listitem', { name: 'Kubernetes' });
  await card.getByRole('button', { name: 'Switch to this' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Switch', exact: true }).click();
  await expect(state(page, 'starting')).toBeVisible();
  const steps = page.getByRole('heading', { name: 'Steps of the start' }).locator('xpath=ancestor::section');
  const step = (title: string) => steps.getByRole('listitem').filter({ hasText: title });
  // A small chart is deployed sooner than the page is looked at again; what waits for the node lasts.
  await expect(step('All pods are ready')).toContainText('under way', { timeout: 60_000 });
  await expect(step('Loki (chart loki')).toContainText('done');
  await shoot(page, info, 'starting');
  await expect(row(page, 'Loki')).toContainText('not running yet', { timeout: 60_000 });
  await expect(page.getByText(/Loki: the pod loki-0 is Pending: 0\/1 nodes are available/).first()).toBeVisible();
  await shoot(page, info, 'pending');
  await kubectl('uncordon', 'watchtower-control-plane');
  await expect(state(page, 'running')).toBeVisible({ timeout: 120_000 });
  for (const title of ['Tempo', 'Loki', 'Mimir ingester', 'Grafana', 'Alloy']) {
    await expect(saying(page, title, 'ready')).toBeVisible();
  }
  await shoot(page, info, 'ready');
});

test('port-forwards lead through to the engine that stands in: telemetry in, queries out, in panel and commands', async ({
  page,
}, info) => {
  const { endpoints } = await status();
  const traceId = newTraceId();
  const spanId = traceId.slice(0, 16);
  await expect(async () => {
    await sendSpans(endpoints.otlpHttp!, [{ traceId, spanId, service: 'shop-in-cluster', name: 'checkout' }]);
  }).toPass();
  await sendLog(endpoints.otlpHttp!, { service: 'shop-in-cluster', body: 'the order was placed', traceId, spanId });
  const asked = async (...query: string[]) => (await host.cli('query', ...query, '--json')).stdout;
  await expect.poll(() => asked('traces', '{ resource.service.name = "shop-in-cluster" }')).toContain(traceId);
  await expect.poll(() => asked('logs', '{service_name="shop-in-cluster"}')).toContain('the order was placed');
  expect(await asked('metrics', 'up')).toContain('watchtower');
  const told = await host.cli('status');
  expect(told.stdout).toMatch(/backend +kubernetes, ready/);
  await openPage(page, host, '/traces');
  await expect(page.getByText('shop-in-cluster').first()).toBeVisible();
  await shoot(page, info, 'traces');
  await page.goto(new URL('/', host.ui).href);
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeAttached();
  await shoot(page, info, 'overview');
});

test('the log of a pod follows what it writes, without secrets, in panel and commands', async ({ page }, info) => {
  cluster.plane.log('level=info msg="starting"');
  await openStack(page);
  await page.getByRole('button', { name: 'Log of Loki' }).click();
  const log = page.getByRole('region', { name: 'Log of Loki' });
  await expect(log.getByText('msg="starting"')).toBeVisible();
  cluster.plane.log(`level=error msg="refused by https://in.sumologic.com/receiver/v1/otlp/${secret}"`);
  await expect(log.getByText('refused by')).toBeVisible();
  await expect(log.getByText(secret)).toHaveCount(0);
  await shoot(page, info, 'log');
  const told = await host.cli('logs', 'loki');
  expect(told.stdout).toContain('msg="starting"');
  expect(told.stdout).not.toContain(secret);
});

test('a restart replaces the pod, and shows the rollout until the new one is ready', async ({ page }, info) => {
  await openStack(page);
  await expect(state(page, 'running')).toBeVisible({ timeout: 60_000 });
  // While the new pod is on its way the old one serves: the rollout is not over.
  await annotate('deployment/alloy', readyAfterAnnotation, '10s');
  await expect(saying(page, 'Alloy', 'starting')).toBeVisible();
  await expect(saying(page, 'Alloy', 'ready')).toBeVisible({ timeout: 60_000 });
  const before = await podOf('alloy');
  await page.getByRole('button', { name: 'Restart Alloy' }).click();
  await expect(state(page, 'degraded')).toBeVisible();
  await expect(saying(page, 'Alloy', 'starting')).toBeVisible();
  await shoot(page, info, 'rollout');
  await expect.poll(() => podOf('alloy')).not.toBe(before);
  await expect(state(page, 'running')).toBeVisible({ timeout: 60_000 });
  await annotate('deployment/alloy', readyAfterAnnotation, null);
  await expect.poll(() => podOf('alloy')).not.toContain('\n');
});

test('a pod that crashes is told with its last line and what to do, and so is its end', async ({ page }, info) => {
  cluster.plane.log('level=error msg="could not load the configuration"');
  await openStack(page);
  await expect(state(page, 'running')).toBeVisible({ timeout: 60_000 });
  await annotate('statefulset/tempo', crashAnnotation, 'OOMKilled');
  await expect(row(page, 'Tempo')).toContainText('out of memory, 4 crashes', { timeout: 30_000 });
  await expect(page.getByText(/Tempo: the pod tempo-0 ends as soon as it starts/).first()).toBeVisible();
  await expect(page.getByText('could not load the configuration').first()).toBeVisible();
  await shoot(page, info, 'crashing');
  expect((await host.cli('status')).stdout).toMatch(/tempo-0 ends as soon as it starts \(4 times, OOMKilled\)/);
  await annotate('statefulset/tempo', crashAnnotation, null);
  // A StatefulSet waits for a pod that never got ready: a person takes it away.
  await kubectl('delete', 'pod', 'tempo-0', '--wait=false');
  await expect(state(page, 'running')).toBeVisible({ timeout: 60_000 });
});

test('the switch of a destination swaps the ConfigMap and replaces Alloy, and back', async ({ page }, info) => {
  const added = await host.cliGiven(
    `https://in.sumologic.com/receiver/v1/otlp/${secret}\n`,
    ...['destination', 'add', 'sumo'],
  );
  expect(added.code, added.stderr).toBe(0);
  const config = () => kubectl('get', 'configmap', 'alloy-config', '--output=jsonpath={.data.config\\.alloy}');
  await openPage(page, host, '/destinations');
  for (const [title, isOn] of [
    ['A copy goes to Sumo Logic', true],
    ['Nothing', false],
  ] as const) {
    const before = await podOf('alloy');
    await page.getByRole('switch', { name: 'Send to Sumo Logic' }).click();
    await expect(page.getByRole('heading', { name: title })).toBeVisible({ timeout: 60_000 });
    await expect.poll(() => podOf('alloy'), { timeout: 30_000 }).not.toBe(before);
    expect((await config()).includes('in.sumologic.com')).toBe(isOn);
    expect(await config()).not.toContain(secret);
    await shoot(page, info, isOn ? 'forwarding' : 'not-forwarding');
  }
  await expect.poll(() => kubectl('get', 'secret', 'watchtower-destinations', '--ignore-not-found')).toBe('');
});

test('a deployment by make while a destination is on leaves its configuration as it is', async () => {
  const config = () => kubectl('get', 'configmap', 'alloy-config', '--output=json');
  expect((await host.cli('sumo', 'on')).code).toBe(0);
  const before = await config();
  expect(before).toContain('in.sumologic.com');
  const up = await host.cli('up');
  expect(up.code, up.stderr + up.stdout).toBe(0);
  expect(await config()).toBe(before);
  expect((await host.cli('sumo', 'off')).code).toBe(0);
});

test('a server that is gone is told, and found again by itself', async ({ page }, info) => {
  await openStack(page);
  await expect(state(page, 'running')).toBeVisible({ timeout: 60_000 });
  await cluster.plane.loseServer();
  await expect(state(page, 'degraded')).toBeVisible();
  await expect(page.getByText('Nothing listens where the context kind-watchtower leads').first()).toBeVisible();
  await shoot(page, info, 'lost');
  await cluster.plane.bringServerBack();
  await expect(state(page, 'running')).toBeVisible({ timeout: 60_000 });
  await shoot(page, info, 'found-again');
});
