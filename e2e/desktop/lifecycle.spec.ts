import { type ChildProcess, execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type ElectronApplication, expect, test } from '@playwright/test';
import { whyNoStack } from '../stack/stack-host';
import { runCli, startHost } from '../start-host';
import { type DesktopBus, openDesktopBus, whyNoDesktopBus } from './desktop-bus';
import { createHome, desktopEnv, launchDesktop, runDesktop, skipWithoutElectron, startDesktop } from './launch-desktop';

skipWithoutElectron();
const missing = whyNoDesktopBus();
test.skip(missing !== null, missing ?? '');

const run = promisify(execFile);
let home: Awaited<ReturnType<typeof createHome>>;
let bus: DesktopBus;
let app: ElectronApplication;
let program: ChildProcess | undefined;

test.beforeEach(async () => {
  home = await createHome();
  bus = await openDesktopBus();
});
test.afterEach(async () => {
  program?.kill('SIGKILL');
  program = undefined;
  await bus.close();
  await home.remove();
});

const launch = async (env: NodeJS.ProcessEnv, ...args: string[]) => {
  app = await launchDesktop({ home: home.home, env, args });
  program = app.process();
};
const firstLine = async () => (await bus.tray())?.menu[0]?.label;
const windows = () =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((each) =>
      each.isMinimized() ? 'minimised' : each.isVisible() ? 'shown' : 'hidden',
    ),
  );
const close = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close());
const ended = (pid: number) => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

test('boots in named, timed phases', async () => {
  await bus.showTray();
  await launch(bus.env);
  await expect.poll(firstLine, { timeout: 20_000 }).toBe('Embedded engine: running');
  await expect.poll(windows).toEqual(['shown']);
  const phases = readFileSync(join(home.home, 'logs', 'host.log'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('"msg":"boot"'))
    .map((line) => JSON.parse(line) as { phase: string; milliseconds: number; sinceStart: number });
  expect(phases.map(({ phase }) => phase)).toEqual(
    expect.arrayContaining(['main started', 'electron ready', 'host', 'window shown', 'tray shown']),
  );
  for (const { milliseconds, sinceStart } of phases) {
    expect(milliseconds).toBeGreaterThanOrEqual(0);
    expect(sinceStart).toBeGreaterThan(0);
  }
});

test('a deep link at a cold start opens its trace, hidden or not', async () => {
  const id = '0af7651916cd43dd8448eb211c80319c';
  for (const args of [[`watchtower://trace/${id}`], ['--hidden', `watchtower://trace/${id}`]]) {
    await launch(bus.env, ...args);
    const page = await app.firstWindow();
    await expect.poll(() => page.url()).toContain(`/traces/${id}`);
    await app.close();
  }
});

test('what is asked for while the app begins is done once it can be: a link is shown, an end is an end', async () => {
  const id = '0af7651916cd43dd8448eb211c80319c';
  const serve = await startHost(home.home);
  const silent = async (during: () => Promise<void>) => {
    // Who holds the home and does not say where it answers is starting: the app waits for it.
    const file = join(home.home, 'host.json');
    renameSync(file, `${file}.away`);
    await during();
    renameSync(`${file}.away`, file);
  };
  try {
    await silent(async () => {
      await launch(bus.env, '--hidden');
      expect(await runDesktop({ home: home.home, env: bus.env, args: [`watchtower://trace/${id}`] })).toBe(0);
      expect(await windows()).toEqual([]);
    });
    await expect.poll(async () => (await app.firstWindow()).url()).toContain(`/traces/${id}`);
    await app.close();
    let exit: Promise<unknown> | undefined;
    await silent(async () => {
      program = startDesktop({ home: home.home, env: bus.env });
      exit = once(program, 'exit');
      await pause(1500);
      program.kill('SIGTERM');
      await pause(500);
    });
    await exit;
    expect(JSON.parse((await serve.cli('status', '--json')).stdout).state).toBe('ready');
  } finally {
    await serve.stop();
  }
});

test('--hidden begins in the tray alone, and the panel is one click away', async () => {
  await bus.showTray();
  await launch(bus.env, '--hidden');
  await expect.poll(firstLine, { timeout: 20_000 }).toBe('Embedded engine: running');
  expect(await windows()).toEqual([]);
  await bus.click('Open panel');
  await expect.poll(windows).toEqual(['shown']);
});

test('where the desktop shows no tray, closing the window ends the app rather than hiding it for good', async () => {
  await launch(bus.env);
  await expect.poll(windows).toEqual(['shown']);
  const { pid } = JSON.parse(readFileSync(join(home.home, 'host.json'), 'utf8')) as { pid: number };
  const exit = once(program!, 'exit');
  await close().catch(() => {});
  expect((await exit)[0]).toBe(0);
  expect(ended(pid)).toBe(true);
  expect(existsSync(join(home.home, 'host.json'))).toBe(false);
});

test('the tray comes as soon as the desktop has one', async () => {
  await launch(bus.env);
  await expect.poll(windows).toEqual(['shown']);
  expect(await bus.tray()).toBeNull();
  await bus.showTray();
  await expect.poll(firstLine, { timeout: 20_000 }).toBe('Embedded engine: running');
});

test('a running serve is shown and driven, outlives the app, and is replaced only when asked for', async () => {
  await bus.showTray();
  const serve = await startHost(home.home);
  try {
    await launch(bus.env);
    await expect.poll(firstLine, { timeout: 20_000 }).toBe('Embedded engine: running');
    expect((await bus.tray())?.menu[1]).toEqual(
      expect.objectContaining({ label: `Run by another Watchtower (pid ${serve.process.pid})`, enabled: false }),
    );
    await expect((await app.firstWindow()).getByText('Embedded engine').first()).toBeVisible();
    await bus.click('Stop');
    await expect.poll(async () => JSON.parse((await serve.cli('status', '--json')).stdout).state).toBe('stopped');
    await bus.click('Start');
    await expect.poll(firstLine).toBe('Embedded engine: running');

    const exit = once(serve.process, 'exit');
    process.kill(serve.process.pid!, 'SIGKILL');
    await exit;
    await expect.poll(firstLine).toBe('Watchtower ended elsewhere');
    await bus.click('Start Watchtower here');
    await expect.poll(firstLine, { timeout: 20_000 }).toBe('Embedded engine: running');
    const { stdout } = await runCli(['status', '--json'], desktopEnv(home.home));
    expect(JSON.parse(stdout).host).toBe('desktop');
    await expect((await app.firstWindow()).getByText('running').first()).toBeVisible();
  } finally {
    serve.process.kill('SIGKILL');
  }
});

test('SIGTERM ends app and engine without a question', async () => {
  await bus.showTray();
  await launch(bus.env);
  await expect.poll(firstLine, { timeout: 20_000 }).toBe('Embedded engine: running');
  const { pid } = JSON.parse(readFileSync(join(home.home, 'host.json'), 'utf8')) as { pid: number };
  process.kill(pid, 'SIGTERM');
  await expect.poll(() => ended(pid)).toBe(true);
  expect(existsSync(join(home.home, 'host.json'))).toBe(false);
});

test('told to in the settings, the app ends with its window', async () => {
  await bus.showTray();
  await launch(bus.env);
  await expect.poll(firstLine, { timeout: 20_000 }).toBe('Embedded engine: running');
  const page = await app.firstWindow();
  await page
    .getByTitle('Settings (g ,)')
    .or(page.getByRole('link', { name: 'Settings' }))
    .first()
    .click();
  const keepRunning = page.getByRole('switch', { name: 'Go on without the window' });
  await expect(keepRunning).toBeChecked();
  await keepRunning.click();
  await expect(keepRunning).not.toBeChecked();
  await expect
    .poll(() => JSON.parse(readFileSync(join(home.home, 'settings.json'), 'utf8')).desktop.keepRunning)
    .toBe(false);
  const exit = once(program!, 'exit');
  await close().catch(() => {});
  expect((await exit)[0]).toBe(0);
});

test.describe('with a Docker stack that runs', () => {
  const noStack = whyNoStack();
  test.skip(noStack !== null, noStack ?? '');

  let project: string;
  let env: NodeJS.ProcessEnv;
  const containerIds = async () => {
    const filter = `label=com.docker.compose.project=${project}`;
    return (await run('docker', ['ps', '-q', '--filter', filter])).stdout.split('\n').filter(Boolean).sort();
  };
  const containers = async () => (await containerIds()).length;
  const open = async () => {
    await launch(env);
    await expect.poll(firstLine, { timeout: 60_000 }).toBe('Docker stack: running');
  };
  /** Stands in for the person: the system's box cannot be clicked from here. */
  const answer = (response: number, checkboxChecked = false) =>
    app.evaluate(
      ({ dialog }, given) => {
        Object.assign(globalThis, { asked: 0 });
        dialog.showMessageBox = async () => {
          Object.assign(globalThis, { asked: Reflect.get(globalThis, 'asked') + 1 });
          return given;
        };
      },
      { response, checkboxChecked },
    );
  const quit = async () => {
    const exit = once(program!, 'exit');
    await bus.click('Quit');
    expect((await exit)[0]).toBe(0);
  };

  test.beforeEach(async () => {
    test.setTimeout(300_000);
    await bus.showTray();
    project = `wt-test-${randomBytes(4).toString('hex')}`;
    const images = ['alloy', 'tempo', 'loki', 'prometheus', 'grafana'].map((name) => [
      `WATCHTOWER_IMAGE_${name.toUpperCase()}`,
      `watchtower-test/${name}:latest`,
    ]);
    env = { ...Object.fromEntries(images), WATCHTOWER_PROJECT: project, ...bus.env };
    await launch(env);
    await expect.poll(firstLine, { timeout: 20_000 }).toBe('Embedded engine: running');
    await bus.click('Backend', 'Docker stack');
    await expect.poll(firstLine, { timeout: 60_000 }).toBe('Docker stack: running');
  });
  test.afterEach(async () => {
    const filter = ['--filter', `label=com.docker.compose.project=${project}`];
    for (const [list, remove] of [
      [
        ['ps', '-aq'],
        ['rm', '-f', '-v'],
      ],
      [
        ['volume', 'ls', '-q'],
        ['volume', 'rm'],
      ],
      [
        ['network', 'ls', '-q'],
        ['network', 'rm'],
      ],
    ] as const) {
      const ids = (await run('docker', [...list, ...filter])).stdout.split('\n').filter(Boolean);
      if (ids.length > 0) await run('docker', [...remove, ...ids]);
    }
  });

  test('quitting asks: cancel stays, leave keeps the containers, stop removes them, once and for all; a kill or a signal harms none', async () => {
    expect((await bus.tray())?.menu.find(({ label }) => label === 'Open Grafana')).toBeDefined();
    await answer(2);
    await bus.click('Quit');
    await expect.poll(() => app.evaluate(() => Reflect.get(globalThis, 'asked'))).toBe(1);
    expect(await firstLine()).toBe('Docker stack: running');
    expect(await containers()).toBe(5);

    await answer(1);
    await quit();
    expect(await containers()).toBe(5);

    // Killed, it takes no container with it and finds the same ones again.
    await open();
    const before = await containerIds();
    const killed = once(program!, 'exit');
    program!.kill('SIGKILL');
    await killed;
    await open();
    expect(await containerIds()).toEqual(before);
    program!.kill('SIGKILL');
    await once(program!, 'exit');

    // A signal is nobody's click: a question would never be answered.
    await open();
    const exit = once(program!, 'exit');
    program!.kill('SIGTERM');
    expect((await exit)[0]).toBe(0);
    expect(await containers()).toBe(5);

    await open();
    await answer(0, true);
    await quit();
    expect(await containers()).toBe(0);

    await open();
    await answer(2);
    await quit();
    expect(await containers()).toBe(0);
  });
});
