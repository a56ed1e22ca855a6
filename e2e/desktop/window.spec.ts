import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ElectronApplication, expect, test } from '@playwright/test';
import { newTraceId, sendSpans } from '../send-otlp';
import { runCli, startHost } from '../start-host';
import { createHome, desktopEnv, launchDesktop, runDesktop, skipWithoutElectron } from './launch-desktop';

skipWithoutElectron();
test.describe.configure({ mode: 'serial' });

let home: string;
let remove: () => Promise<void>;
let app: ElectronApplication;

test.beforeAll(async () => {
  ({ home, remove } = await createHome());
  app = await launchDesktop({ home });
});
test.afterAll(async () => {
  await app?.close();
  await remove?.();
});

const ready = async () => {
  const page = await app.firstWindow();
  await expect(page.getByText('Embedded engine').first()).toBeVisible();
  await expect(page.getByText('running').first()).toBeVisible({ timeout: 20_000 });
  return page;
};

async function otlpHttp(): Promise<string> {
  const { stdout } = await runCli(['status', '--json'], desktopEnv(home));
  return JSON.parse(stdout).endpoints.otlpHttp;
}

test('the env block names where it listens, though the window was there before', async () => {
  const page = await ready();
  const { stdout } = await runCli(['env', '--shell', 'bash'], desktopEnv(home));
  const line = stdout.split('\n').find((each) => each.includes('OTLP_ENDPOINT'))!;
  expect(line).toMatch(/:[1-9]\d+$/);
  await expect(page.getByText(line).first()).toBeVisible();
});

test('the window shows the panel of its own host over its own scheme, and a span appears in it', async () => {
  const page = await ready();
  expect(page.url()).toBe('watchtower-panel://app/');
  // The CLI attaches to the desktop app's host as it does to any other.
  const endpoint = await otlpHttp();
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await sendSpans(endpoint, [{ service: 'desktop-app', name: 'seen in the window' }]);
  await expect(page.getByTestId('trace-list').getByText('seen in the window')).toBeVisible();
});

test('what a process sends through the OpenTelemetry SDK appears in the window', async () => {
  const page = await ready();
  const sent = await runCli(['generate', '--rate', '5', '--duration', '2', '--json'], desktopEnv(home));
  expect(sent.code, sent.stderr).toBe(0);
  await expect(page.getByTestId('trace-list').getByText('api-gateway').first()).toBeVisible();
});

test('the panel asks nothing over the network: the contract goes over its port', async () => {
  const page = await ready();
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  page.on('websocket', (socket) => addresses.push(socket.url()));
  await page.reload();
  await expect(page.getByText('seen in the window')).toBeVisible();
  expect(addresses.filter((address) => !address.startsWith('watchtower-panel://app/'))).toEqual([]);
});

test('a second start shows the trace of its deep link in the first window', async () => {
  const page = await ready();
  const traceId = newTraceId();
  await sendSpans(await otlpHttp(), [{ traceId, service: 'desktop-app', name: 'linked to' }]);
  const mark = await page.evaluate(() => Object.assign(window, { mark: 'the same page' }).mark);
  expect(await runDesktop({ home, args: [`watchtower://trace/${traceId}`] })).toBe(0);
  await expect(page).toHaveURL(`watchtower-panel://app/traces/${traceId}`);
  await expect(page.getByText('linked to').first()).toBeVisible();
  expect(await page.evaluate(() => Reflect.get(window, 'mark'))).toBe(mark);
  expect(app.windows()).toHaveLength(1);
});

test('size, place and zoom come back after a restart', async () => {
  await ready();
  const bounds = { x: 40, y: 60, width: 1100, height: 700 };
  await app.evaluate(({ BrowserWindow }, next) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.setBounds(next);
    window?.webContents.setZoomLevel(1);
  }, bounds);
  const kept = async () => JSON.parse(await readFile(join(home, 'window.json'), 'utf8').catch(() => '{}'));
  await expect.poll(async () => (await kept()).bounds).toEqual(bounds);
  await app.close();
  expect((await kept()).zoomLevel).toBe(1);

  app = await launchDesktop({ home });
  await ready();
  const now = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return { bounds: window?.getBounds(), zoom: window?.webContents.getZoomLevel() };
  });
  expect(now).toEqual({ bounds, zoom: 1 });
});

test('the window opens on a host that runs already, and comes back when that host was restarted', async () => {
  test.slow();
  await app.close();
  let host = await startHost(home);
  app = await launchDesktop({ home });
  const page = await ready();
  expect(page.url()).toBe('watchtower-panel://app/');
  await expect(page.getByText('Watchtower does not answer.')).toBeHidden();
  await host.stop();
  await expect(page.getByText('Watchtower does not answer.')).toBeVisible();
  host = await startHost(home);
  await expect(page.getByText('Watchtower does not answer.')).toBeHidden({ timeout: 20_000 });
  await sendSpans(host.otlp.http, [{ service: 'desktop-app', name: 'from the other host' }]);
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await expect(page.getByText('from the other host').first()).toBeVisible();
  const html = await page.content();
  const { token } = JSON.parse(await readFile(join(home, 'host.json'), 'utf8'));
  expect(html).not.toContain(token);
  await app.close();
  expect((await host.cli('status')).code).toBe(0);
  await host.stop();
  app = await launchDesktop({ home });
});
