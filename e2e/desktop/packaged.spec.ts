import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { sendSpans } from '../send-otlp';
import { freePorts } from '../start-host';

const folder = resolve(process.env.WATCHTOWER_DIST ?? 'dist', 'linux-unpacked');
const binary = join(folder, 'watchtower-desktop');
const command = join(folder, 'resources', 'bin', 'watchtower');
const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Electron reads switches as `--name=value`; the panel's own port is none of its. */
const freePortSwitches = freePorts.filter((part) => part !== '0').map((flag) => `${flag}=0`);

let home: string;
const env = () => ({ ...process.env, WATCHTOWER_HOME: home, WATCHTOWER_TEST: '1' });

test.skip(!existsSync(binary), `${folder} is not here: make dist`);
test.beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'watchtower-packaged-'));
});
test.afterEach(async () => {
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

test('the packaged app opens its window, its engine keeps a span, and its own command reads it', async () => {
  const { app, browser, page } = await openApp();
  try {
    await expect(page.getByText('running').first()).toBeVisible({ timeout: 30_000 });
    const status = JSON.parse((await watchtower('status', '--json')).stdout);
    expect(status.state).toBe('ready');
    await sendSpans(status.endpoints.otlpHttp, [{ service: 'packaged', name: 'kept by the packaged engine' }]);
    await page.getByRole('link', { name: 'Traces', exact: true }).click();
    await expect(page.getByTestId('trace-list').getByText('kept by the packaged engine')).toBeVisible();
    expect((await watchtower('query', 'traces', '{}', '--json')).stdout).toContain('kept by the packaged engine');
  } finally {
    await browser.close();
    app.kill('SIGTERM');
    await ended(app);
  }
});

test('without a display the command starts a host by the same binary, and ends it', async () => {
  const up = await watchtower('up', '--json', ...freePorts);
  expect(up.stderr).toContain('in the background');
  expect(up.code).toBe(0);
  const { endpoints, pid } = JSON.parse((await watchtower('status', '--json')).stdout);
  await sendSpans(endpoints.otlpHttp, [{ service: 'packaged', name: 'kept without a display' }]);
  await expect
    .poll(async () => (await watchtower('query', 'traces', '{}', '--json')).stdout)
    .toContain('kept without a display');
  expect((await watchtower('shutdown')).code).toBe(0);
  await expect.poll(async () => (await watchtower('status')).code, { timeout: 20_000 }).toBe(4);
  expect(pid).not.toBe(process.pid);
});

test('neither the environment nor an argument makes a plain Node of the binary', async () => {
  const asNode = await run(binary, [...root, '--ozone-platform=headless', '--cli', '--', '--version'], {
    ELECTRON_RUN_AS_NODE: '1',
    NODE_OPTIONS: `--require=${join(home, 'not-there.cjs')}`,
  });
  expect(asNode.stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
  const inspected = await run(binary, [
    ...root,
    '--ozone-platform=headless',
    '--inspect=0',
    '--cli',
    '--',
    '--version',
  ]);
  expect(inspected.stderr).not.toContain('Debugger listening');
});

/** Without Node's inspector, which the fuses turn off, the page is reached as Chromium's own. */
async function openApp(): Promise<{ app: ChildProcess; browser: Browser; page: Page }> {
  const app = spawn(
    binary,
    [...root, '--remote-debugging-port=0', `--user-data-dir=${join(home, 'electron')}`, ...freePortSwitches],
    { env: env(), stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: app.stderr }).on('line', (line) => {
      const found = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (found) resolve(found);
    });
    app.once('exit', (code) => reject(new Error(`The app ended with ${code} before it could be reached.`)));
  });
  const browser = await connect(address);
  const [context] = browser.contexts();
  if (!context) throw new Error('The app has no window.');
  return { app, browser, page: context.pages()[0] ?? (await context.waitForEvent('page')) };
}

/** Now and then Chromium leaves a debugger without an answer that comes while its first page is made; a hung app answers none. */
async function connect(address: string, tries = 4): Promise<Browser> {
  try {
    return await chromium.connectOverCDP(address, { timeout: 5_000 });
  } catch (error) {
    if (tries === 1) throw error;
    return connect(address, tries - 1);
  }
}

const watchtower = (...args: string[]) => run(command, args);

async function run(file: string, args: string[], more: Record<string, string> = {}) {
  const child = spawn(file, args, { env: { ...env(), ...more }, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '', code: 0 };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
  });
  output.code = await ended(child);
  return output;
}

function ended(child: ChildProcess): Promise<number> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? -1)));
}
