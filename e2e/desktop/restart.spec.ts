import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ElectronApplication, expect, test } from '@playwright/test';
import { sendSpans } from '../send-otlp';
import { runCli } from '../start-host';
import { createHome, desktopEnv, launchDesktop, skipWithoutElectron, startDesktop } from './launch-desktop';

skipWithoutElectron();
test.skip(process.platform !== 'linux', 'Processes are counted in /proc.');

let home: string;
let remove: () => Promise<void>;
let app: ElectronApplication | undefined;

test.beforeEach(async () => {
  ({ home, remove } = await createHome());
});
test.afterEach(async () => {
  await app?.close();
  app = undefined;
  await remove();
});

interface HostSnapshot {
  state: string;
  pid: number;
  endpoints: { otlpHttp: string };
}

async function status(): Promise<HostSnapshot | null> {
  const { code, stdout } = await runCli(['status', '--json'], desktopEnv(home));
  return code === 0 ? JSON.parse(stdout) : null;
}

/** The endpoint of OTLP once the host is ready. */
async function ready(): Promise<string> {
  await expect.poll(async () => (await status())?.state, { timeout: 30_000 }).toBe('ready');
  return (await status())!.endpoints.otlpHttp;
}

/** What the window shows, read by the main process: Playwright's own page does not outlive a crash. */
const shownText = () =>
  app!.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return window && !window.webContents.isCrashed()
      ? window.webContents.executeJavaScript('document.body.innerText')
      : '';
  });
const rendererPid = () =>
  app!.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId());
const enginePid = () =>
  app!.evaluate(({ app: main }) => main.getAppMetrics().find(({ name }) => name === 'Watchtower engine')?.pid ?? null);

async function parentOf(pid: number): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return text === null ? null : Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
}

/** A process and everything below it; each thread of it lists the children that it made. */
async function familyOf(root: number): Promise<number[]> {
  const threads = await readdir(`/proc/${root}/task`).catch(() => []);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${root}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  const pids = lists.flatMap((list) => list.split(' ').filter((text) => text.trim() !== '')).map(Number);
  return [root, ...(await Promise.all(pids.map(familyOf))).flat()];
}

const alive = async (pid: number) =>
  existsSync(`/proc/${pid}`) &&
  !/^State:\s+Z/m.test(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => 'State: Z'));

async function aliveOf(pids: readonly number[]): Promise<number[]> {
  const living = await Promise.all(pids.map(alive));
  return pids.filter((_pid, index) => living[index]);
}

test('a killed engine is started again, and nothing that was acknowledged is lost', async () => {
  app = await launchDesktop({ home });
  const page = await app.firstWindow();
  await sendSpans(await ready(), [{ service: 'shop', name: 'before the kill' }]);
  const before = await enginePid();
  expect(before).not.toBeNull();
  process.kill(before!, 'SIGKILL');
  await expect.poll(enginePid, { timeout: 20_000 }).not.toBe(before);
  await sendSpans(await ready(), [{ service: 'shop', name: 'after the kill' }]);
  expect(await alive(before!)).toBe(false);
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  const list = page.getByTestId('trace-list');
  await expect(list.getByText('before the kill')).toBeVisible();
  await expect(list.getByText('after the kill')).toBeVisible();
});

test('a crashed or killed page comes back where it was, and the host does not notice', async () => {
  app = await launchDesktop({ home });
  const page = await app.firstWindow();
  await sendSpans(await ready(), [{ service: 'shop', name: 'still there' }]);
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await expect(page.getByTestId('trace-list').getByText('still there')).toBeVisible();
  const engine = await enginePid();
  for (const end of ['crash', 'kill'] as const) {
    const before = await rendererPid();
    if (end === 'kill') process.kill(before, 'SIGKILL');
    else
      await app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer(),
      );
    await expect.poll(rendererPid, { timeout: 20_000 }).not.toBe(before);
    await expect.poll(shownText, { timeout: 20_000 }).toContain('still there');
    await expect.poll(() => alive(before)).toBe(false);
  }
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getURL())).toMatch(
    /^watchtower-panel:\/\/app\/traces/,
  );
  expect(await enginePid()).toBe(engine);
});

test('a killed main process takes everything with it, and the next start has the same state', async () => {
  const first = startDesktop({ home });
  await sendSpans(await ready(), [{ service: 'shop', name: 'from before' }]);
  const settings = { serviceName: 'kept-name' };
  const { url, token } = JSON.parse(await readFile(join(home, 'host.json'), 'utf8'));
  const answer = await fetch(`${url}/rpc/host/updateSettings`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ json: settings }),
  });
  expect(answer.status).toBe(200);
  const family = await familyOf(first.pid!);
  // Main, the two zygotes, GPU or network, the page and the engine.
  expect(family.length).toBeGreaterThan(4);
  process.kill(first.pid!, 'SIGKILL');
  await expect.poll(() => aliveOf(family), { timeout: 15_000 }).toEqual([]);
  expect(await parentOf(first.pid!)).toBeNull();

  app = await launchDesktop({ home });
  const page = await app.firstWindow();
  await ready();
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await expect(page.getByTestId('trace-list').getByText('from before')).toBeVisible();
  const { stdout } = await runCli(['env', '--shell', 'bash'], desktopEnv(home));
  expect(stdout).toContain('kept-name');
});
