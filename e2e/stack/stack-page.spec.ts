import { execFileSync } from 'node:child_process';
import { expect, type Page, test } from '@playwright/test';
import { openPage } from '../open-page';
import { startHost, type TestHost } from '../start-host';

const services = ['alloy', 'tempo', 'loki', 'prometheus', 'grafana'] as const;
const docker = (...args: string[]) => execFileSync('docker', args, { encoding: 'utf8' }).trim();
const lines = (text: string) => text.split('\n').filter(Boolean);

for (const service of services) {
  process.env[`WATCHTOWER_IMAGE_${service.toUpperCase()}`] ??= `watchtower-test/${service}:latest`;
}

let host: TestHost;
let project: string;

test.describe.configure({ mode: 'serial' });
test.use({ trace: 'off' });
test.setTimeout(180_000);
test.beforeAll(async () => {
  test.skip(!hasImages(), 'the images of the stack are missing: `make test-images` makes stand-ins');
  host = await startHost();
  project = `wt-test-${host.pid}`;
});
test.afterAll(async () => {
  await host?.stop();
  if (project) removeProject();
});

function hasImages(): boolean {
  try {
    docker('image', 'inspect', ...services.map((each) => process.env[`WATCHTOWER_IMAGE_${each.toUpperCase()}`]!));
    return true;
  } catch {
    return false;
  }
}

function removeProject(): void {
  const filter = `label=com.docker.compose.project=${project}`;
  for (const id of lines(docker('ps', '-aq', '--filter', filter))) docker('rm', '-f', id);
  for (const name of lines(docker('volume', 'ls', '-q', '--filter', filter))) docker('volume', 'rm', name);
  for (const id of lines(docker('network', 'ls', '-q', '--filter', filter))) docker('network', 'rm', id);
}

const containers = () => lines(docker('ps', '-aq', '--filter', `label=com.docker.compose.project=${project}`));

/** A browser gives up a page that loads while a network appears: it is loaded again. */
async function openStack(page: Page): Promise<void> {
  await expect(async () => {
    await openPage(page, host, '/stack');
    await expect(page.getByRole('heading', { name: 'Backend', exact: true })).toBeVisible({ timeout: 3000 });
  }).toPass();
}

const state = (page: Page, word: string) => page.getByRole('heading', { name: `Docker stack: ${word}` });
const row = (page: Page, service: string) => page.getByRole('row').filter({ hasText: `${service}watchtower-test` });

test('switching to the stack says what happens, then shows it come up', async ({ page }, info) => {
  await openStack(page);
  await expect(page.getByText('Docker Engine').first()).toBeVisible();
  await page.screenshot({ path: info.outputPath('embedded.png') });
  await page.getByRole('listitem', { name: 'Docker stack' }).getByRole('button', { name: 'Switch to this' }).click();
  await expect(page.getByRole('dialog')).toContainText('stays on disk');
  await page.screenshot({ path: info.outputPath('switch.png') });
  await page.getByRole('dialog').getByRole('button', { name: 'Switch', exact: true }).click();
  await expect(state(page, 'starting')).toBeVisible({ timeout: 30_000 });
  await page.screenshot({ path: info.outputPath('starting.png') });
  await expect(state(page, 'running')).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole('link', { name: 'Open Grafana', exact: true })).toBeVisible();
  expect(containers()).toHaveLength(services.length);
  for (const title of ['Alloy', 'Tempo', 'Loki', 'Prometheus', 'Grafana']) {
    await expect(row(page, title)).toContainText('ready');
    await expect(row(page, title)).toContainText(/\d %.*iB/, { timeout: 20_000 });
  }
  await page.screenshot({ path: info.outputPath('ready.png') });
});

test('the log of a service follows what it writes, and is searched', async ({ page }, info) => {
  await openStack(page);
  await page.getByRole('button', { name: 'Log of Prometheus' }).click();
  await expect(page).toHaveURL(/log=prometheus/);
  const log = page.getByRole('region', { name: 'Log of Prometheus' });
  await expect(log.getByRole('option').first()).toBeVisible();
  await expect(log.getByText('live', { exact: true })).toBeVisible();
  await log.getByLabel('Search in the log').fill('no line says this');
  await expect(log.getByText('No line holds this text')).toBeVisible();
  await log.getByRole('button', { name: 'Clear' }).click();
  await page.screenshot({ path: info.outputPath('log.png') });
  await log.getByRole('button', { name: 'Close the log' }).click();
  await expect(log).toHaveCount(0);
});

test('a killed container is seen within a second, and can be brought back from the page', async ({ page }, info) => {
  await openStack(page);
  await expect(state(page, 'running')).toBeVisible();
  docker('kill', `${project}-loki-1`);
  await expect(row(page, 'Loki')).not.toContainText('ready', { timeout: 1500 });
  await expect(row(page, 'Loki')).toContainText('1 crash');
  await page.screenshot({ path: info.outputPath('degraded.png') });
  const mend = page.getByRole('button', { name: 'Mend it' });
  await expect(mend.or(state(page, 'running'))).toBeVisible({ timeout: 30_000 });
  if (await mend.isVisible()) await mend.click();
  await expect(state(page, 'running')).toBeVisible({ timeout: 60_000 });
});

test('one service is restarted by itself', async ({ page }) => {
  await openStack(page);
  const before = docker('inspect', '-f', '{{.State.StartedAt}}', `${project}-tempo-1`);
  await page.getByRole('button', { name: 'Restart Tempo' }).click();
  await expect
    .poll(() => docker('inspect', '-f', '{{.State.StartedAt}}', `${project}-tempo-1`), { timeout: 30_000 })
    .not.toBe(before);
  await expect(state(page, 'running')).toBeVisible({ timeout: 60_000 });
});

test('a destination is switched in Alloy while its container runs on, and is shown failing when nobody is there', async ({
  page,
}, info) => {
  await openStack(page);
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await page.getByRole('button', { name: 'Add an endpoint' }).click();
  await page.getByLabel('Base URL').fill('http://127.0.0.1:9');
  await page.getByLabel('Name').fill('Nobody');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const startedAt = () => docker('inspect', '-f', '{{.State.StartedAt}}', `${project}-alloy-1`);
  const before = startedAt();
  await page.getByRole('switch', { name: 'Send to Nobody' }).click();
  await expect(page.getByRole('heading', { name: 'A copy goes to Nobody' })).toBeVisible({ timeout: 20_000 });
  const sent = await host.cli('generate', '--rate', '10', '--duration', '2', '--endpoint', host.otlp.grpc);
  expect(sent.code, sent.stderr).toBe(0);
  await expect(page.getByRole('link', { name: 'Cloud: failing' })).toBeVisible({ timeout: 30_000 });
  await page.screenshot({ path: info.outputPath('failing.png') });
  await page.getByRole('switch', { name: 'Send to Nobody' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing leaves this machine' })).toBeVisible({ timeout: 20_000 });
  expect(startedAt()).toBe(before);
});

test('stop keeps the data, delete names it and wants the name of the project', async ({ page }, info) => {
  await openStack(page);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(state(page, 'stopped')).toBeVisible({ timeout: 60_000 });
  expect(containers()).toEqual([]);
  await page.screenshot({ path: info.outputPath('stopped.png') });
  await page.getByRole('button', { name: 'Delete stack and data…' }).click();
  const dialog = page.getByRole('dialog');
  for (const service of ['tempo', 'loki', 'prometheus', 'grafana']) {
    await expect(dialog).toContainText(new RegExp(`${project}_${service}`));
  }
  await page.screenshot({ path: info.outputPath('delete.png') });
  const confirm = dialog.getByRole('button', { name: 'Delete all' });
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel(`Type ${project} to confirm`).fill(project);
  await confirm.click();
  await expect(page.getByText('The stack is deleted')).toBeVisible({ timeout: 30_000 });
  expect(lines(docker('volume', 'ls', '-q', '--filter', `label=com.docker.compose.project=${project}`))).toEqual([]);
});
