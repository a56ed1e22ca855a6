import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { skipWithoutElectron } from './launch-desktop';
import { openPanelWindow, type PanelWindow } from './panel-window';
import { serveElsewhere } from './serve-elsewhere';

skipWithoutElectron();

let panel: PanelWindow;
let elsewhere: Awaited<ReturnType<typeof serveElsewhere>>;
let home: string;
let app: ElectronApplication;
let page: Page;

test.beforeAll(async () => {
  elsewhere = await serveElsewhere();
  panel = await openPanelWindow();
  ({ home, app, page } = panel);
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (url) => void opened.push(url);
  });
});
test.afterAll(async () => {
  await panel?.close();
  elsewhere?.close();
});

const opened = () => app.evaluate(() => Reflect.get(globalThis, 'opened') as string[]);
const panelUrl = /^watchtower-panel:\/\/app\//;

test('the page has no Node and sees of the preload only three members', async () => {
  const seen = await page.evaluate(() => ({
    node: ['require', 'process', 'module', 'global', 'Buffer', '__dirname', 'electron', 'ipcRenderer'].filter(
      (name) => name in window,
    ),
    shell: Object.keys(Reflect.get(window, 'watchtowerShell')).sort(),
  }));
  expect(seen).toEqual({ node: [], shell: ['connect', 'desktop', 'platform'] });
});

test('the window is sandboxed, isolated and on a secure origin of its own', async () => {
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const contents = window?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
    const { sandbox, contextIsolation, nodeIntegration, webviewTag, webSecurity } = contents.getLastWebPreferences();
    return { sandbox, contextIsolation, nodeIntegration, webviewTag, webSecurity };
  });
  expect(preferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    webSecurity: true,
  });
  expect(await page.evaluate(() => [location.origin, isSecureContext])).toEqual(['watchtower-panel://app', true]);
});

test('the policy stops inline scripts, inline handlers, eval, frames and the network', async () => {
  const outcome = await page.evaluate(async (address) => {
    const stopped = new Set<string>();
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      // Of eval, which tells of itself by its error.
      if (effectiveDirective !== 'script-src') stopped.add(effectiveDirective);
    });
    Object.assign(window, { ran: [] });
    const script = document.createElement('script');
    script.textContent = "window.ran.push('script')";
    const image = document.createElement('img');
    image.setAttribute('onerror', "window.ran.push('handler')");
    image.src = '/assets/none.png';
    const frame = document.createElement('iframe');
    frame.src = address;
    document.body.append(script, image, frame);
    const fetched = await fetch(address).then(
      () => 'fetched',
      () => 'refused',
    );
    // Not within the call of the debugger, for which the policy on eval does not hold.
    const evaluated = await new Promise<string>((resolve) => {
      setTimeout(() => {
        try {
          // biome-ignore lint/security/noGlobalEval: that it does not work is what is tested
          window.eval('1');
          resolve('ran');
        } catch (error) {
          resolve((error as Error).name);
        }
      }, 300);
    });
    for (const element of [script, image, frame]) element.remove();
    return { ran: Reflect.get(window, 'ran'), evaluated, fetched, stopped: [...stopped].sort() };
  }, elsewhere.url);
  expect(outcome).toEqual({
    ran: [],
    evaluated: 'EvalError',
    fetched: 'refused',
    stopped: ['connect-src', 'frame-src', 'script-src-attr', 'script-src-elem'],
  });
});

test('the scheme of the panel gives no file beside its own', async () => {
  const read = (path: string) =>
    app.evaluate(async ({ BrowserWindow }, address) => {
      const answer = await BrowserWindow.getAllWindows()[0]!.webContents.session.fetch(address);
      return answer.text();
    }, `watchtower-panel://app${path}`);
  expect(await read('/watchtower.svg')).toContain('<svg');
  const { token } = JSON.parse(await readFile(join(home, 'host.json'), 'utf8'));
  for (const path of [
    '/../../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e%2f%2e%2e%2fpackage.json',
    `/${home}/host.json`,
  ]) {
    const text = await read(path);
    expect(text, path).not.toContain('"devDependencies"');
    expect(text, path).not.toContain(token);
  }
});

test('the page stays on the panel, and no second window opens', async () => {
  for (const leave of [
    (address: string) => {
      location.href = address;
    },
    (address: string) => void window.open(address),
    (address: string) => {
      const link = Object.assign(document.createElement('a'), { href: address });
      document.body.append(link);
      link.click();
      link.remove();
    },
    (address: string) => {
      const link = Object.assign(document.createElement('a'), { href: address, target: '_blank' });
      document.body.append(link);
      link.click();
      link.remove();
    },
    (address: string) => {
      const form = Object.assign(document.createElement('form'), { action: address, method: 'post' });
      document.body.append(form);
      form.submit();
      form.remove();
    },
  ]) {
    for (const address of [elsewhere.url, 'watchtower-panel://elsewhere/', 'data:text/html,x', 'file:///etc/passwd']) {
      await page.evaluate(leave, address).catch(() => {});
    }
  }
  await page.waitForTimeout(500);
  expect(page.url()).toMatch(panelUrl);
  expect(app.windows()).toHaveLength(1);
  // Playwright waits for what was prevented until the page is loaded anew.
  await page.reload();
  await expect(page.getByText('running').first()).toBeVisible();
});

test('links leave to the browser of the system when they are https or of this machine, others go nowhere', async () => {
  await app.evaluate(() => void (Reflect.get(globalThis, 'opened') as string[]).splice(0));
  await page.evaluate(() => {
    for (const address of [
      'http://example.org/',
      'file:///etc/passwd',
      'smb://127.0.0.1/share',
      'vscode://file/etc/passwd',
      'javascript:window.ran.push(1)',
      'https://user:secret@example.org/',
      'watchtower-panel://app/traces',
      'https://grafana.com/docs/',
      'http://127.0.0.1:3999/explore',
    ]) {
      window.open(address, '_blank', 'noopener,noreferrer');
    }
  });
  await expect.poll(opened).toEqual(['https://grafana.com/docs/', 'http://127.0.0.1:3999/explore']);
  expect(app.windows()).toHaveLength(1);
});

test('permissions are denied when asked for and when checked; only copying text is allowed', async () => {
  const granted = await page.evaluate(async () => {
    const states: Record<string, string> = {};
    for (const name of [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'midi',
      'clipboard-read',
      'clipboard-write',
    ]) {
      states[name] = await navigator.permissions.query({ name: name as PermissionName }).then(
        ({ state }) => state,
        ({ name: error }: Error) => error,
      );
    }
    const asked = (promise: Promise<unknown>) =>
      promise.then(
        () => 'granted',
        () => 'denied',
      );
    return {
      ...states,
      asksNotification: await Notification.requestPermission(),
      asksClipboard: await asked(navigator.clipboard.readText()),
      asksMidi: await asked(navigator.requestMIDIAccess()),
      asksScreen: await asked(navigator.mediaDevices.getDisplayMedia()),
    };
  });
  expect(granted).toEqual({
    geolocation: 'denied',
    notifications: 'denied',
    camera: 'denied',
    microphone: 'denied',
    midi: 'denied',
    'clipboard-read': 'denied',
    'clipboard-write': 'granted',
    asksNotification: 'denied',
    asksClipboard: 'denied',
    asksMidi: 'denied',
    asksScreen: 'denied',
  });
});
