import { join } from 'node:path';
import { type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { skipWithoutElectron } from './launch-desktop';
import { openPanelWindow, type PanelWindow } from './panel-window';
import { serveElsewhere } from './serve-elsewhere';

skipWithoutElectron();

let panel: PanelWindow;
let elsewhere: Awaited<ReturnType<typeof serveElsewhere>>;
let app: ElectronApplication;
let page: Page;

test.beforeAll(async () => {
  elsewhere = await serveElsewhere();
  panel = await openPanelWindow();
  ({ app, page } = panel);
});
test.afterAll(async () => {
  await panel?.close();
  elsewhere?.close();
});

/** What a page gets that asks for a port, within two seconds. */
function askForPort(asking: Page): Promise<'a port' | 'nothing'> {
  return asking.evaluate(
    () =>
      new Promise<'a port' | 'nothing'>((resolve) => {
        window.addEventListener('message', ({ ports }) => {
          if (ports.length > 0) resolve('a port');
        });
        Reflect.get(window, 'watchtowerShell').connect();
        setTimeout(() => resolve('nothing'), 2000);
      }),
  );
}

test('a window that is not ours gets no port, nor does another page in ours', async () => {
  const opening = app.waitForEvent('window');
  await app.evaluate(
    ({ BrowserWindow }, preload) => {
      const session = BrowserWindow.getAllWindows()[0]!.webContents.session;
      const stranger = new BrowserWindow({ show: false, webPreferences: { session, preload } });
      void stranger.loadURL('watchtower-panel://app/');
    },
    join(process.cwd(), 'out', 'preload', 'index.js'),
  );
  const stranger = await opening;
  await stranger.waitForLoadState();
  expect(await askForPort(stranger)).toBe('nothing');
  await stranger.close();

  const load = (address: string) =>
    app.evaluate(({ BrowserWindow }, url) => BrowserWindow.getAllWindows()[0]!.loadURL(url), address);
  await load(elsewhere.url);
  await expect(page).toHaveTitle('elsewhere');
  expect(await askForPort(page)).toBe('nothing');
  await load('watchtower-panel://app/');
  await expect(page.getByText('running').first()).toBeVisible();
  expect(await askForPort(page)).toBe('a port');
  await page.reload();
});

test('a port takes nothing but calls of procedures, and their inputs are checked', async () => {
  const outcome = await page.evaluate(async () => {
    const takePort = () =>
      new Promise<MessagePort>((resolve) => {
        const receive = ({ ports }: MessageEvent) => {
          if (!ports[0]) return;
          window.removeEventListener('message', receive);
          resolve(ports[0]);
        };
        window.addEventListener('message', receive);
        Reflect.get(window, 'watchtowerShell').connect();
      });
    const outcomes: Record<string, string> = {};
    const say = async (name: string, message: unknown) => {
      const port = await takePort();
      outcomes[name] = await new Promise<string>((resolve) => {
        port.addEventListener('close', () => resolve('closed'));
        port.addEventListener('message', ({ data }) => resolve(String(JSON.parse(data).p.s ?? 200)));
        port.start();
        port.postMessage(message);
        setTimeout(() => resolve('nothing'), 3000);
      });
      port.close();
    };
    const request = (u: string, json?: unknown) =>
      JSON.stringify({ i: '1', p: { u, ...(json !== undefined && { b: { json } }) } });
    await say('an object', { i: '1', p: { u: '/host/snapshot' } });
    await say('no JSON', 'x');
    await say('too much', request('/host/snapshot', 'x'.repeat(1_100_000)));
    await say('no procedure', request('/host/nothing'));
    await say('a wrong input', request('/host/clean', { confirm: false }));
    await say('a call', request('/host/snapshot'));
    return outcomes;
  });
  expect(outcome).toEqual({
    'an object': 'closed',
    'no JSON': 'closed',
    'too much': 'closed',
    'no procedure': '404',
    'a wrong input': '400',
    'a call': '200',
  });
  // The panel took its port back by itself.
  await expect(page.getByText('Watchtower does not answer.')).toBeHidden();
  await expect(page.getByText('running').first()).toBeVisible();
});
