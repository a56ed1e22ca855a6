import { readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { newTraceId, sendLog, sendSpans } from '../send-otlp';
import { runCli } from '../start-host';
import { createHome, desktopEnv, launchDesktop, skipWithoutElectron } from './launch-desktop';

skipWithoutElectron();

const canary = 'Q0FOQVJZ-desktop-canary-42';

let home: string;
let remove: () => Promise<void>;
let app: ElectronApplication;
let page: Page;
/** A page of the web that could be reached, were it not for the window's rules. */
let elsewhere: Server;
let foreign: string;

test.beforeAll(async () => {
  elsewhere = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<title>elsewhere</title>');
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  foreign = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
  ({ home, remove } = await createHome());
  app = await launchDesktop({ home });
  page = await app.firstWindow();
  await expect(page.getByText('running').first()).toBeVisible({ timeout: 20_000 });
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (url) => void opened.push(url);
  });
});
test.afterAll(async () => {
  await app?.close();
  elsewhere?.close();
  await remove?.();
});

const opened = () => app.evaluate(() => Reflect.get(globalThis, 'opened') as string[]);
const panelUrl = /^watchtower-panel:\/\/app\//;

async function endpoints(): Promise<{ otlpHttp: string }> {
  return JSON.parse((await runCli(['status', '--json'], desktopEnv(home))).stdout).endpoints;
}

/** Calls a procedure as an agent does. */
async function call(procedure: string, input?: object) {
  const { url, token } = JSON.parse(await readFile(join(home, 'host.json'), 'utf8'));
  const answer = await fetch(`${url}/rpc/${procedure}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ json: input }),
  });
  return { status: answer.status, text: await answer.text() };
}

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
  }, foreign);
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
    for (const address of [foreign, 'watchtower-panel://elsewhere/', 'data:text/html,x', 'file:///etc/passwd']) {
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
  await load(foreign);
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

test('hostile telemetry is shown as the text that it is', async () => {
  const { otlpHttp } = await endpoints();
  const markup = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';
  const traceId = newTraceId();
  const attributes = { 'http.url': 'javascript:window.pwned=1', note: markup };
  await sendSpans(otlpHttp, [{ traceId, service: '<b>shop</b>', name: markup, attributes }]);
  await sendLog(otlpHttp, { service: 'shop', body: `\u001b[31mred\u001b[0m ${markup} \u202edesrever` });

  const inert = async () => {
    const found = await page.evaluate(() => ({
      pwned: Reflect.get(window, 'pwned'),
      elements: document.querySelectorAll('img[onerror], script:not([src]), b, a[href^="javascript:"]').length,
    }));
    expect(found).toEqual({ pwned: undefined, elements: 0 });
  };
  await page.evaluate(() => document.querySelector<HTMLElement>('body')?.focus());
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await expect(page.getByTestId('trace-list').getByText(markup)).toBeVisible();
  await expect(page.getByText('<b>shop</b>').first()).toBeVisible();
  await inert();
  await page.getByTestId('trace-list').getByText(markup).click();
  await expect(page).toHaveURL(new RegExp(traceId));
  await expect(page.getByText(markup).first()).toBeVisible();
  await inert();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  const line = page.getByText('desrever').first();
  await expect(line).toBeVisible();
  const shown = (await line.textContent()) ?? '';
  expect(shown).toContain(markup);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/);
  await inert();
});

test("a destination's secret and the host's token are nowhere in the window, in what it keeps, or in diagnostics", async () => {
  const endpoint = 'https://sumo.example/receiver/v1/otlp';
  expect((await call('destinations/add', { kind: 'sumo', name: 'Sumo', endpoint, token: canary })).status).toBe(200);
  const { token } = JSON.parse(await readFile(join(home, 'host.json'), 'utf8'));
  const texts: string[] = [];
  for (const keys of ['gd', 'gs', 'go']) {
    for (const key of keys) await page.keyboard.press(key);
    await page.waitForTimeout(300);
    texts.push(
      await page.evaluate(() =>
        JSON.stringify([
          document.documentElement.outerHTML,
          [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value),
          { ...localStorage },
          { ...sessionStorage },
          document.cookie,
          location.href,
        ]),
      ),
    );
  }
  expect(texts.join('')).toContain('Sumo');
  const diagnostics = await call('host/diagnostics');
  expect(diagnostics.status).toBe(200);
  texts.push(diagnostics.text);
  const places: string[] = [];
  for (const entry of await readdir(home, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const text = await readFile(path, 'latin1').catch(() => '');
    if (text.includes(canary) || text.includes(token)) places.push(entry.name);
  }
  for (const text of texts) {
    expect(text).not.toContain(canary);
    expect(text).not.toContain(token);
  }
  expect(places.sort()).toEqual(['host.json', 'panel-key', 'secrets.json']);
});

test('without a keychain the app says that secrets stand in a file', async () => {
  test.skip(process.platform !== 'linux', 'The sham keychain is a matter of Linux.');
  const backend = await app.evaluate(({ safeStorage }) => safeStorage.getSelectedStorageBackend());
  test.skip(backend !== 'basic_text', `This desktop has a keychain (${backend}).`);
  const { text } = await call('destinations/snapshot');
  expect(JSON.parse(text).json.secretStore).toMatch(/^a file .* no keychain$/);
});
