import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { newTraceId, sendLog, sendSpans } from '../send-otlp';
import { runCli } from '../start-host';
import { desktopEnv, skipWithoutElectron } from './launch-desktop';
import { openPanelWindow, type PanelWindow } from './panel-window';

skipWithoutElectron();

const canary = 'Q0FOQVJZ-desktop-canary-42';

let panel: PanelWindow;
let home: string;
let app: ElectronApplication;
let page: Page;

test.beforeAll(async () => {
  panel = await openPanelWindow();
  ({ home, app, page } = panel);
});
test.afterAll(async () => {
  await panel?.close();
});

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
