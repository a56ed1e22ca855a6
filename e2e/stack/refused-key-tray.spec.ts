import { type ElectronApplication, expect, test } from '@playwright/test';
import { type DesktopBus, openDesktopBus, whyNoDesktopBus } from '../desktop/desktop-bus';
import { launchDesktop, skipWithoutElectron } from '../desktop/launch-desktop';
import { type OtlpSink, startOtlpSink } from '../otlp-sink';
import { refuseAfter, sendOneOfEach, sendUntilRefused } from '../send-until-refused';
import { addressForContainers, cli, openStackHost, type StackHost, whyNoStack } from './stack-host';

const reason =
  process.platform === 'linux'
    ? (whyNoStack() ?? whyNoDesktopBus())
    : 'containers reach this machine by other ways here';
skipWithoutElectron();
test.skip(reason !== null, reason ?? '');
test.skip(process.platform === 'linux' && !process.env.DISPLAY, 'there is no display');
test.setTimeout(240_000);

let stack: StackHost;
let sink: OtlpSink;
let bus: DesktopBus;
let app: ElectronApplication;

test.beforeAll(async () => {
  if (reason !== null) return;
  test.setTimeout(120_000);
  stack = await openStackHost();
  await cli(stack, 'backend', 'docker');
  sink = await startOtlpSink(0, await addressForContainers(stack));
  const key = 'VHJheS1zdGFjay1rZXktb2YtdGVzdA';
  const added = await stack.host.cliGiven(`${sink.url}/receiver/v1/otlp/${key}\n`, 'destination', 'add', 'sumo');
  expect(added, added.stderr).toMatchObject({ code: 0 });
  await cli(stack, 'sumo', 'on');
  bus = await openDesktopBus();
  await bus.showTray();
  app = await launchDesktop({ home: stack.env.WATCHTOWER_HOME!, env: bus.env });
});
test.afterAll(async () => {
  await app?.close().catch(() => {});
  await bus?.close();
  await stack?.dispose();
  await sink?.close();
});

test("Alloy's refusal of the key is told by tray, strip and one notification, and so is its end", async () => {
  const { otlpHttp } = (await stack.status()).endpoints;
  const page = await app.firstWindow();
  const labelOf = async () => {
    const entry = ((await bus.tray())?.menu ?? []).find(({ label }) => label?.startsWith('Send to Sumo'));
    return entry?.label;
  };
  const refusals = async () => (await bus.notifications()).filter(({ body }) => body.includes('refuses the key'));
  await sendOneOfEach(otlpHttp);
  await expect.poll(labelOf, { timeout: 30_000 }).toBe('Send to Sumo Logic: sending');
  refuseAfter(sink, 0, 401);
  const toldAfter = (what: string, since: number) =>
    test.info().annotations.push({ type: what, description: `${((performance.now() - since) / 1000).toFixed(1)} s` });
  await sendUntilRefused(otlpHttp, sink);
  const since = performance.now();
  await Promise.all([
    expect
      .poll(labelOf, { timeout: 30_000, intervals: [100] })
      .toBe('Send to Sumo Logic: the key is refused')
      .then(() => toldAfter('tray', since)),
    expect
      .poll(refusals, { timeout: 30_000, intervals: [100] })
      .toHaveLength(1)
      .then(() => toldAfter('notification', since)),
    expect(page.getByRole('link', { name: 'Cloud: failing' }))
      .toBeVisible({ timeout: 30_000 })
      .then(() => toldAfter('strip', since)),
  ]);

  sink.answer({ status: 200 });
  const recovers = async () => {
    await sendOneOfEach(otlpHttp);
    return labelOf();
  };
  await expect.poll(recovers, { timeout: 30_000, intervals: [1_000] }).toBe('Send to Sumo Logic: sending');
  await expect(page.getByRole('link', { name: 'Cloud: sending to 1' })).toBeVisible();
  expect(await refusals()).toHaveLength(1);
});
