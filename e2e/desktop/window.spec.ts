import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, expect, test } from '@playwright/test';
import { sendSpans } from '../send-otlp';
import { freePorts, runCli } from '../start-host';

/** Electron reads switches as `--name=value`; the panel's own port is always a free one there. */
const engineSwitches = freePorts
  .join(' ')
  .split(' --')
  .slice(1)
  .map((flag) => `--${flag.replace(' ', '=')}`);

let home: string;
let app: ElectronApplication;

const env = () => ({ ...process.env, WATCHTOWER_HOME: home, WATCHTOWER_TEST: '1' }) as Record<string, string>;

test.beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'watchtower-desktop-'));
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  app = await _electron.launch({
    ...(dist && { executablePath: join(dist, 'electron') }),
    // Root may not use Chromium's sandbox; everything else about the window is as it ships.
    args: [
      '.',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${join(home, 'electron')}`,
      ...engineSwitches,
    ],
    env: env(),
  });
});
test.afterAll(async () => {
  await app?.close();
  await rm(home, { recursive: true, force: true });
});

test('the window shows the panel of its own host, and a span appears in it', async () => {
  const page = await app.firstWindow();
  await expect(page.getByText('Embedded engine').first()).toBeVisible();
  await expect(page.getByText('running').first()).toBeVisible({ timeout: 20_000 });
  await expect(page).not.toHaveURL(/token/);
  // The CLI attaches to the desktop app's host as it does to any other.
  const status = await runCli(['status', '--json'], env());
  const endpoint = JSON.parse(status.stdout).endpoints.otlpHttp;
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await sendSpans(endpoint, [{ service: 'desktop-app', name: 'seen in the window' }]);
  await expect(page.getByTestId('trace-list').getByText('seen in the window')).toBeVisible();
});

test('the page has no Node, no navigation elsewhere and no new windows', async () => {
  const page = await app.firstWindow();
  expect(
    await page.evaluate(() => [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process')]),
  ).toEqual(['undefined', 'undefined']);
  const before = page.url();
  await page.evaluate(() => {
    window.open('https://example.org');
    location.href = 'https://example.org';
  });
  await page.waitForTimeout(500);
  expect(page.url()).toBe(before);
  expect(app.windows()).toHaveLength(1);
});

test('a link to Grafana opens in the browser of the system, a link to elsewhere nowhere', async () => {
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (url) => void opened.push(url);
  });
  const page = await app.firstWindow();
  await page.evaluate(() => {
    window.open('https://example.org');
    window.open('http://127.0.0.1:3999/explore');
  });
  await expect
    .poll(() => app.evaluate(() => Reflect.get(globalThis, 'opened')))
    .toEqual(['http://127.0.0.1:3999/explore']);
  expect(app.windows()).toHaveLength(1);
});
