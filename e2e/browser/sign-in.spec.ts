import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { openPage } from '../open-page';
import { makeOpener } from '../stand-in-opener';
import { startHost, type TestHost } from '../start-host';

let home: string;
let host: TestHost | undefined;
test.describe.configure({ mode: 'serial' });
test.beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'watchtower-sign-in-'));
});
test.afterEach(async () => {
  await host?.stop();
  await rm(home, { recursive: true, force: true });
});

/** Another host on the same home and port, as after a restart of the machine: nothing of the first one's process is left. */
async function restart(first: TestHost, signal: NodeJS.Signals): Promise<TestHost> {
  const { port } = new URL(first.ui);
  const ended = new Promise((resolve) => first.process.once('exit', resolve));
  first.process.kill(signal);
  await ended;
  return startHost(home, {}, ['--port', port]);
}

test('the open tab and the bookmark lead back into the panel after the host was killed and started again', async ({
  page,
  context,
}) => {
  const first = await startHost(home);
  host = first;
  await openPage(page, first, '/logs?level=error');
  await expect(page.getByText('running')).toBeVisible();
  host = await restart(first, 'SIGKILL');
  await expect(page.getByText('Watchtower does not answer.')).toHaveCount(0, { timeout: 30_000 });
  await expect(page.getByText('This page is not signed in.')).toHaveCount(0);
  const bookmark = await context.newPage();
  await bookmark.goto(new URL('/logs?level=error', first.ui).href);
  await expect(bookmark.getByText('running')).toBeVisible();
});

test('open gives the browser an address that is worth nothing a moment later', async ({ page }) => {
  host = await startHost(home, { DISPLAY: '', WAYLAND_DISPLAY: '' });
  const { token } = JSON.parse(await readFile(join(home, 'host.json'), 'utf8')) as { token: string };
  const { opened: openedFile, variables } = await makeOpener(home);
  test.skip(process.platform !== 'linux', 'another opener');
  const { code, stdout } = await host.cli('open', 'logs?level=error');
  expect(code, 'no display').not.toBe(0);
  expect(stdout).not.toContain(token);

  await host.stop();
  host = await startHost(home, variables);
  const opened = await host.cli('open', 'logs?level=error');
  expect(opened, opened.stderr).toMatchObject({ code: 0 });
  expect(opened.stdout).not.toMatch(/token|ticket/);
  await expect.poll(() => readFile(openedFile, 'utf8').catch(() => '')).toContain('ticket=');
  const address = await readFile(openedFile, 'utf8');
  expect(address).not.toContain(token);
  await page.goto(address);
  await expect(page.getByText('running')).toBeVisible();
  expect(new URL(page.url()).search).toBe('?level=error');
  const stranger = await fetch(address, { redirect: 'manual', headers: { accept: 'text/html' } });
  expect(stranger.status).toBe(401);
  expect((await host.cli('status')).stdout).not.toContain(token);
});

test('a browser without the key is told what to run, in both themes', async ({ page }, info) => {
  host = await startHost(home);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const answer = await page.goto(new URL('/traces', host.ui).href);
    expect(answer!.status()).toBe(401);
    await expect(page.getByRole('heading', { name: 'This browser is not signed in' })).toBeVisible();
    await expect(page.getByText('watchtower open', { exact: true })).toBeVisible();
    // Its style is let in by its hash alone.
    await expect(page.locator('main')).toHaveCSS('border-radius', '12px');
    await page.screenshot({ path: info.outputPath(`refused-${colorScheme}.png`) });
  }
});
