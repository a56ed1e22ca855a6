import { expect, test } from '@playwright/test';
import type { DestinationsStatus } from '../../src/shared/contract/destinations';
import { type OtlpSink, startOtlpSink } from '../otlp-sink';
import { refuseAfter, sendOneOfEach, sendUntilRefused } from '../send-until-refused';
import { failing, openSumoCard, sending } from '../sumo-in-panel';
import { addressForContainers, cli, openStackHost, type StackHost, whyNoStack } from './stack-host';

// Sinks on the gateway of the containers' network: on other systems that is an address of the engine's own machine.
const reason = process.platform === 'linux' ? whyNoStack() : 'containers reach this machine by other ways here';
const keys = { first: 'Rmlyc3Qtc3RhY2sta2V5LW9mLXRlc3Q', next: 'TmV4dC1zdGFjay1rZXktb2YtdGVzdA' };
const taken = 99;

test.describe.configure({ mode: 'serial' });
test.skip(reason !== null, reason ?? '');
test.setTimeout(240_000);
const patience = { timeout: 30_000 };

let stack: StackHost;
let sink: OtlpSink;
let otlpHttp: string;
test.beforeAll(async () => {
  if (reason !== null) return;
  test.setTimeout(120_000);
  stack = await openStackHost();
  await cli(stack, 'backend', 'docker');
  sink = await startOtlpSink(0, await addressForContainers(stack));
  ({ otlpHttp } = (await stack.status()).endpoints);
  const added = await stack.host.cliGiven(`${presigned(keys.first)}\n`, 'destination', 'add', 'sumo');
  expect(added, added.stderr).toMatchObject({ code: 0 });
  await cli(stack, 'sumo', 'on');
});
test.afterAll(async () => {
  await stack?.dispose();
  await sink?.close();
});
test.beforeEach(() => {
  sink.tries.length = 0;
  sink.requests.length = 0;
});

const presigned = (key: string) => `${sink.url}/receiver/v1/otlp/${key}`;
const delivery = async () => (await stack.ask<DestinationsStatus>('destinations/snapshot')).destinations[0]!.delivery;

for (const { status, only } of [{ status: 401 }, { status: 403, only: 'logs' as const }]) {
  test(`Alloy's refusal with ${status} of ${only ? `the ${only}` : 'everything'} from the hundredth request on is told everywhere, and so is its end`, async ({
    page,
  }) => {
    const card = await openSumoCard(page, stack.host.ui);
    refuseAfter(sink, taken, status, only);
    await sendUntilRefused(otlpHttp, sink);
    await expect(failing(page)).toBeVisible(patience);
    await expect(card.getByText('It refuses what is sent')).toBeVisible();
    await expect(card.getByText(/Sumo Logic refuses the key: /)).toBeVisible();
    await expect(card.getByRole('button', { name: 'Replace the key' })).toBeVisible();
    await page.getByRole('button', { name: '1 problem' }).click();
    await expect(page.getByRole('link', { name: 'Replace the key' })).toBeVisible();
    await page.keyboard.press('Escape');
    const told = await stack.host.cli('sumo', 'status');
    expect(told.code).toBe(1);
    expect(told.stdout).toMatch(new RegExp(`refuses the key: .*HTTP Status Code ${status}`));
    expect(told.stdout).toContain('watchtower destination key');
    const { lastError, dropped, bytes } = await delivery();
    expect(lastError).toMatchObject({ status, lost: true });
    expect(lastError!.message).not.toMatch(/rpc error|not retryable/);
    expect(dropped.logs).toBeGreaterThan(0);
    expect(bytes).toBeGreaterThan(0);
    const statuses = sink.tries.map((each) => each.status);
    expect(statuses.slice(0, taken)).toEqual(statuses.slice(0, taken).map(() => 200));

    sink.answer({ status: 200 });
    // Alloy counts: what it took after the refusal shows once a later look finds more of it.
    const recovers = async () => {
      await sendOneOfEach(otlpHttp);
      return (await delivery()).state;
    };
    await expect.poll(recovers, { ...patience, intervals: [1_000] }).toBe('sending');
    await expect(sending(page)).toBeVisible(patience);
    await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
    expect((await stack.host.cli('sumo', 'status')).code).toBe(0);
  });
}

test('`destination key` gives the running Alloy the new key, and ends the failing', async ({ page }) => {
  await openSumoCard(page, stack.host.ui);
  sink.answer((_signal, _body, headers) => ({ status: headers['x-sumo-token'] === keys.next ? 200 : 401 }));
  await sendOneOfEach(otlpHttp);
  await expect(failing(page)).toBeVisible(patience);
  const replaced = await stack.host.cliGiven(`${keys.next}\n`, 'destination', 'key', 'sumo');
  expect([replaced.code, replaced.stdout]).toEqual([0, expect.stringContaining('has its new key')]);
  // Alloy watches the file of the key, and what it was sent until then went with the old one.
  const arrives = async () => {
    await sendOneOfEach(otlpHttp);
    return sink.requests.length;
  };
  await expect.poll(arrives, { ...patience, intervals: [1_000] }).toBeGreaterThan(0);
  await expect(sending(page)).toBeVisible(patience);
  await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
  expect(new Set(sink.requests.map(({ headers }) => headers['x-sumo-token']))).toEqual(new Set([keys.next]));
  expect(replaced.stdout + replaced.stderr).not.toContain(keys.next);
});
