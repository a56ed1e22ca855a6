import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type { HostFile } from '../../src/core/ownership/host-file';
import { openPage } from '../open-page';
import { sendLog, sendSpans } from '../send-otlp';
import { makeOpener } from '../stand-in-opener';
import { freePorts, runCli, startHost, type TestHost } from '../start-host';

test.setTimeout(120_000);

let home: string;
test.beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'watchtower-restarts-'));
});
test.afterEach(() => rm(home, { recursive: true, force: true }));

/** Opens a page of the panel, and tells later whether it is still the same one: not loaded anew meanwhile. */
async function openTab(page: Page, ui: string, path: string) {
  await openPage(page, { ui }, path);
  await expect(page.getByText('running')).toBeVisible();
  await page.evaluate('globalThis.openedOnce = true');
  return { isStillTheSame: () => page.evaluate('globalThis.openedOnce === true') };
}

const enginePid = async () =>
  (JSON.parse(await readFile(join(home, 'data', 'lock'), 'utf8').catch(() => '{}')) as { pid?: number }).pid;

test('open tabs go on live after the engine was killed', async ({ page, context }) => {
  const host = await startHost(home);
  try {
    const traces = await openTab(page, host.ui, '/traces');
    const logPage = await context.newPage();
    const logs = await openTab(logPage, host.ui, '/logs');
    const killed = await enginePid();
    process.kill(killed!, 'SIGKILL');
    await expect.poll(enginePid, { timeout: 30_000 }).not.toBe(killed);
    const state = async () => JSON.parse((await host.cli('status', '--json')).stdout).state;
    await expect.poll(state, { timeout: 30_000 }).toBe('ready');
    // Both arrive once: what was open shows them by itself or not at all.
    await sendSpans(host.otlp.http, [{ service: 'shop', name: 'after the kill' }]);
    await sendLog(host.otlp.http, { service: 'shop', body: 'a line after the kill' });
    await expect(page.getByRole('link', { name: /after the kill/ })).toBeVisible({ timeout: 30_000 });
    await expect(logPage.getByRole('option').filter({ hasText: 'a line after the kill' })).toBeVisible({
      timeout: 30_000,
    });
    for (const tab of [page, logPage]) await expect(tab.getByText('running')).toBeVisible();
    expect(await traces.isStillTheSame()).toBe(true);
    expect(await logs.isStillTheSame()).toBe(true);
  } finally {
    await host.stop();
  }
});

test.describe('a machine that was started again', () => {
  test.skip(process.platform !== 'linux', 'Boots are told apart there; elsewhere a process starts at a date.');

  /** Fields of `/proc/PID/stat` behind the name: the start is the 22nd of all. */
  async function ticksOf({ pid }: ChildProcess): Promise<string> {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]!;
  }

  /** A host that is cut off as by a power failure, and another program that has its pid, started at its moment after the boot. */
  async function startAgain(host: TestHost, bystander: ChildProcess): Promise<void> {
    const path = join(home, 'host.json');
    const hostFile = JSON.parse(await readFile(path, 'utf8')) as HostFile;
    const ended = once(host.process, 'close');
    const engine = await enginePid();
    host.process.kill('SIGKILL');
    await ended;
    await expect.poll(() => isRunning(engine!)).toBe(false);
    const start = `${await ticksOf(bystander)}@7c1c54a5-0000-4000-8000-000000000001`;
    const { pid } = bystander;
    await writeFile(path, JSON.stringify({ ...hostFile, pid, processStart: start }));
    await writeFile(join(home, 'host.lock'), JSON.stringify({ pid, started: start }));
    await writeFile(join(home, 'data', 'lock'), JSON.stringify({ pid, started: start }));
  }

  function isRunning(pid: number): boolean {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  }

  test('has the open tab, the bookmark and `watchtower open` lead back into the panel', async ({ page, context }) => {
    const { opened: openedFile, variables } = await makeOpener(home);
    const env = { ...process.env, ...variables, WATCHTOWER_HOME: home, WATCHTOWER_TEST: '1', NO_COLOR: '1' };
    const bystander = spawn('sleep', ['300'], { stdio: 'ignore' });
    await once(bystander, 'spawn');
    try {
      const first = await startHost(home, variables);
      await sendSpans(first.otlp.http, [{ service: 'shop', name: 'before the restart' }]);
      const tab = await openTab(page, first.ui, '/traces');
      await expect(page.getByRole('link', { name: /before the restart/ })).toBeVisible();
      await startAgain(first, bystander);
      await expect(page.getByText('Watchtower does not answer.')).toBeVisible();

      const told = await runCli(['status'], env);
      expect([told.code, told.stderr]).toEqual([4, expect.stringContaining('Watchtower is not running')]);
      const port = new URL(first.ui).port;
      const opened = await runCli(['open', 'traces', ...freePorts, '--port', port], env);
      expect(opened, opened.stderr).toMatchObject({ code: 0 });
      await expect.poll(() => readFile(openedFile, 'utf8').catch(() => '')).toContain('ticket=');

      await expect(page.getByText('Watchtower does not answer.')).toHaveCount(0, { timeout: 30_000 });
      await expect(page.getByText('This page is not signed in.')).toHaveCount(0);
      const { endpoints } = JSON.parse((await runCli(['status', '--json'], env)).stdout);
      await sendSpans(endpoints.otlpHttp, [{ service: 'shop', name: 'after the restart' }]);
      await expect(page.getByRole('link', { name: /after the restart/ })).toBeVisible({ timeout: 30_000 });
      expect(await tab.isStillTheSame()).toBe(true);

      const bookmark = await context.newPage();
      await bookmark.goto(new URL('/traces', first.ui).href);
      await expect(bookmark.getByRole('link', { name: /before the restart/ })).toBeVisible();
      const stranger = await context.browser()!.newContext();
      const fresh = await stranger.newPage();
      await fresh.goto(await readFile(openedFile, 'utf8'));
      await expect(fresh.getByRole('link', { name: /after the restart/ })).toBeVisible();
      await stranger.close();
      expect(bystander.exitCode).toBeNull();
    } finally {
      await runCli(['shutdown'], env);
      bystander.kill('SIGKILL');
    }
  });
});
