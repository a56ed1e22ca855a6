import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ElectronApplication, expect, test } from '@playwright/test';
import { type OtlpSink, startOtlpSink } from '../otlp-sink';
import { sendSpans } from '../send-otlp';
import { refuseAfter, sendOneOfEach, sendUntilRefused } from '../send-until-refused';
import { runCli } from '../start-host';
import { type DesktopBus, openDesktopBus, type TrayEntry, whyNoDesktopBus } from './desktop-bus';
import { createHome, desktopEnv, launchDesktop, runDesktop, skipWithoutElectron } from './launch-desktop';

skipWithoutElectron();
test.describe.configure({ mode: 'serial' });
const missing = whyNoDesktopBus();
test.skip(missing !== null, missing ?? '');

let home: Awaited<ReturnType<typeof createHome>>;
let bus: DesktopBus;
let app: ElectronApplication;
let sink: OtlpSink;

const labels = (entries: TrayEntry[] = []) => entries.map(({ label, separator }) => (separator ? '―' : label));
const entryOf = async (start: string) => {
  const all = (await bus.tray())?.menu ?? [];
  return all.find(({ label }) => label?.startsWith(start));
};
const firstLine = async () => (await bus.tray())?.menu[0]?.label;
const status = async () => JSON.parse((await runCli(['status', '--json'], desktopEnv(home.home))).stdout);
const readHost = () =>
  JSON.parse(readFileSync(join(home.home, 'host.json'), 'utf8')) as { url: string; token: string; pid: number };
const ask = async (path: string, input: object) => {
  const { url, token } = readHost();
  const answer = await fetch(`${url}/rpc/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ json: input }),
  });
  expect(answer.status, await answer.text()).toBe(200);
};
const unpack = `
import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
for name in archive.namelist(): print(name, archive.read(name).decode())`;
/** For polls alone: a read that the system gave up is none. */
const clipboard = () => app.evaluate(({ clipboard }) => clipboard.readText()).catch(() => '');

test.beforeAll(async () => {
  home = await createHome();
  bus = await openDesktopBus();
  await bus.showTray();
  sink = await startOtlpSink();
  app = await launchDesktop({ home: home.home, env: bus.env });
});
test.afterAll(async () => {
  await app?.close().catch(() => {});
  await sink?.close();
  await bus?.close();
  await home?.remove();
});

test('the tray shows the backend and its state, and everything that can be done', async () => {
  await expect.poll(firstLine, { timeout: 20_000 }).toBe('Embedded engine: running');
  const tray = (await bus.tray())!;
  expect(tray.title).toBe('Watchtower: Embedded engine: running');
  expect(tray.icon.length).toBeGreaterThan(0);
  expect(labels(tray.menu)).toEqual([
    'Embedded engine: running',
    '―',
    'Stop',
    'Backend',
    '―',
    'Set up Sumo Logic…',
    '―',
    'Copy env',
    'Copy endpoint',
    '―',
    'Open panel',
    '―',
    'Quit Watchtower',
  ]);
  const backends = (await entryOf('Backend'))?.items ?? [];
  expect(backends.map(({ label }) => label)).toEqual(
    expect.arrayContaining(['Embedded engine', 'Docker stack', 'Kubernetes', 'External backend']),
  );
  expect(backends.filter(({ checked }) => checked)).toMatchObject([{ label: 'Embedded engine' }]);
});

test('stop and start from the tray', async () => {
  await bus.click('Stop');
  await expect.poll(firstLine).toBe('Embedded engine: stopped');
  expect((await status()).state).toBe('stopped');
  await bus.click('Start');
  await expect.poll(firstLine).toBe('Embedded engine: running');
  expect((await status()).state).toBe('ready');
});

test('copy env puts what the app needs into the clipboard, in three forms, and endpoints as they are', async () => {
  const { endpoints } = await status();
  await bus.click('Copy env', 'bash');
  await expect.poll(clipboard).toContain(`export OTEL_EXPORTER_OTLP_ENDPOINT=`);
  await expect.poll(clipboard).toContain(endpoints.otlpGrpc);
  await expect.poll(clipboard).toContain('OTEL_SERVICE_NAME');
  await bus.click('Copy env', 'PowerShell');
  await expect.poll(clipboard).toContain(`$env:OTEL_EXPORTER_OTLP_ENDPOINT = `);
  await bus.click('Copy env', '.env');
  await expect.poll(clipboard).toMatch(/^OTEL_EXPORTER_OTLP_ENDPOINT=/m);
  await bus.click('Copy endpoint', 'gRPC');
  await expect.poll(clipboard).toBe(endpoints.otlpGrpc);
  await bus.click('Copy endpoint', 'HTTP');
  await expect.poll(clipboard).toBe(endpoints.otlpHttp);
});

test('one click sends a copy to Sumo Logic, the next one ends it', async () => {
  await ask('destinations/add', {
    kind: 'sumo',
    name: 'Sumo',
    endpoint: `${sink.url}/receiver/v1/otlp/TOKEN-OF-THE-TEST`,
  });
  await expect.poll(async () => await entryOf('Send to Sumo')).toMatchObject({ checked: false });
  await bus.click('Send to Sumo');
  await expect.poll(async () => await entryOf('Send to Sumo')).toMatchObject({ checked: true });
  const { endpoints } = await status();
  await sendSpans(endpoints.otlpHttp, [{ service: 'tray', name: 'goes to the cloud' }]);
  await expect
    .poll(() => sink.items('traces').map(({ name }) => name), { timeout: 20_000 })
    .toEqual(['goes to the cloud']);
  await expect.poll(async () => (await entryOf('Send to Sumo'))?.label).toBe('Send to Sumo: sending');
  await expect.poll(async () => (await bus.tray())?.title).toBe('Watchtower: Embedded engine: running, cloud sending');
  await bus.click('Send to Sumo');
  await expect
    .poll(async () => await entryOf('Send to Sumo'))
    .toEqual(expect.objectContaining({ label: 'Send to Sumo: off', checked: false }));
  await sendSpans(endpoints.otlpHttp, [{ service: 'tray', name: 'stays here' }]);
  await expect.poll(async () => (await status()).ingest.totals.spans).toBe(2);
  expect(sink.items('traces')).toHaveLength(1);
});

test('a destination that fails is told by the icon, in the menu and once by a notification', async () => {
  sink.answer({ status: 503 });
  await bus.click('Send to Sumo');
  await expect.poll(() => entryOf('Send to Sumo')).toMatchObject({ checked: true });
  const { endpoints } = await status();
  await sendSpans(endpoints.otlpHttp, [{ service: 'tray', name: 'is refused' }]);
  await expect
    .poll(async () => (await entryOf('Send to Sumo'))?.label, { timeout: 20_000 })
    .toBe('Send to Sumo: failing');
  await expect
    .poll(async () => labels((await entryOf('Problems (1)'))?.items))
    .toEqual([expect.stringContaining('Sumo does not take what is sent')]);
  const failures = async () => (await bus.notifications()).filter(({ title }) => title === 'A destination fails');
  await expect.poll(failures).toHaveLength(1);
  // Tried again and refused again meanwhile.
  await expect.poll(() => sink.tries.length, { timeout: 20_000 }).toBeGreaterThan(4);
  expect(await failures()).toHaveLength(1);
  await bus.click('Send to Sumo');
  await expect.poll(() => entryOf('Problems')).toBeUndefined();
  sink.answer({ status: 200 });
});

test('a key that is refused from the hundredth request on is told by tray, window and one notification, and so is its end', async () => {
  test.setTimeout(180_000);
  const page = await app.firstWindow();
  const labelOf = async () => (await entryOf('Send to Sumo'))?.label;
  const refusals = async () => (await bus.notifications()).filter(({ body }) => body.includes('refuses the key: 401'));
  await expect.poll(labelOf).toBe('Send to Sumo: off');
  sink.tries.length = 0;
  refuseAfter(sink, 99, 401);
  await bus.click('Send to Sumo');
  await expect.poll(() => entryOf('Send to Sumo')).toMatchObject({ checked: true });
  const { endpoints } = await status();
  await sendUntilRefused(endpoints.otlpHttp, sink);
  await expect.poll(labelOf, { timeout: 20_000 }).toBe('Send to Sumo: the key is refused');
  await expect
    .poll(async () => labels((await entryOf('Problems (1)'))?.items))
    .toEqual([expect.stringContaining('Sumo refuses the key')]);
  await expect.poll(refusals).toHaveLength(1);
  await expect(page.getByRole('link', { name: 'Cloud: failing' })).toBeVisible();
  expect(sink.tries.findIndex((each) => each.status !== 200)).toBe(99);

  sink.answer({ status: 200 });
  await sendOneOfEach(endpoints.otlpHttp);
  await expect.poll(labelOf, { timeout: 20_000 }).toBe('Send to Sumo: sending');
  await expect.poll(() => entryOf('Problems')).toBeUndefined();
  await expect(page.getByRole('link', { name: 'Cloud: sending to 1' })).toBeVisible();
  expect(await refusals()).toHaveLength(1);
  await bus.click('Send to Sumo');
  await expect.poll(labelOf).toBe('Send to Sumo: off');
});

test('closed, the window goes and the app stays, which is said once; the tray brings it back', async () => {
  const page = await app.firstWindow();
  await page.getByTitle('Traces (g t)').click();
  const visible = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((each) => each.isVisible()));
  const close = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close());
  const told = async () =>
    (await bus.notifications()).filter(({ title }) => title.includes('goes on in the tray')).length;
  await close();
  await expect.poll(visible).toEqual([false]);
  await expect.poll(told).toBe(1);
  expect((await status()).state).toBe('ready');
  await bus.click('Open panel');
  await expect.poll(visible).toEqual([true]);
  expect(page.url()).toContain('/traces');
  await close();
  await expect.poll(visible).toEqual([false]);
  await bus.activate();
  await expect.poll(visible).toEqual([true]);
  expect(await told()).toBe(1);
});

test('a second start brings the first to the front and hands it what it was started with', async () => {
  const page = await app.firstWindow();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close());
  const visible = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isVisible());
  await expect.poll(visible).toBe(false);
  const id = '0af7651916cd43dd8448eb211c80319c';
  expect(await runDesktop({ home: home.home, env: bus.env, args: [`watchtower://trace/${id}`] })).toBe(0);
  await expect.poll(visible).toBe(true);
  await expect.poll(() => page.url()).toContain(`/traces/${id}`);
  expect(app.windows()).toHaveLength(1);
});

test('the menu bar offers what the tray offers', async () => {
  const bar = () =>
    app.evaluate(({ Menu }) => {
      const read = (menu: Electron.Menu): unknown[] =>
        menu.items.map(({ label, submenu }) => (submenu ? [label, read(submenu)] : label));
      return JSON.stringify(read(Menu.getApplicationMenu()!));
    });
  const text = await bar();
  for (const label of [
    'Stop',
    'Restart',
    'Docker stack',
    'Send to Sumo: off',
    'PowerShell',
    'Open panel',
    'Save diagnostics…',
  ])
    expect(text).toContain(label);
});

test('diagnostics are saved as an archive that holds no secret', async () => {
  const path = join(home.home, 'diagnostics.zip');
  await app.evaluate(({ dialog, Menu }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    const help = Menu.getApplicationMenu()!.items.find(({ label }) => label === 'Help')!.submenu!;
    help.items.find(({ label }) => label.startsWith('Save diagnostics'))!.click();
  }, path);
  await expect.poll(() => existsSync(path)).toBe(true);
  const unpacked = spawnSync('/usr/bin/python3', ['-c', unpack, path], { encoding: 'utf8' });
  expect(unpacked.stderr).toBe('');
  for (const word of ['"electron"', 'host.log', 'destinations.json', '"boot"', 'ok: Node.js'])
    expect(unpacked.stdout).toContain(word);
  expect(unpacked.stdout).not.toContain('TOKEN-OF-THE-TEST');
  expect(unpacked.stdout).not.toContain(readHost().token);
});

test('quit from the tray ends everything', async () => {
  const { pid } = readHost();
  const ended = once(app.process(), 'exit');
  await bus.click('Quit');
  expect((await ended)[0]).toBe(0);
  expect(() => process.kill(pid, 0)).toThrow();
  expect(existsSync(join(home.home, 'host.json'))).toBe(false);
  await expect.poll(() => bus.tray()).toBeNull();
});
