import { expect, test } from '@playwright/test';
import { type OtlpSink, startOtlpSink } from '../otlp-sink';
import { refuseAfter, sendOneOfEach, sendUntilRefused } from '../send-until-refused';
import { startHost, type TestHost } from '../start-host';
import { failing, openSumoCard, sending } from '../sumo-in-panel';

const keys = {
  first: 'Rmlyc3Qta2V5LW9mLXRoZS10ZXN0',
  wrong: 'V3Jvbmcta2V5LW9mLXRoZS10ZXN0',
  next: 'TmV4dC1rZXktb2YtdGhlLXRlc3Q',
};
const taken = 99;

let host: TestHost;
let sink: OtlpSink;

test.describe.configure({ mode: 'serial' });
test.setTimeout(180_000);
test.beforeAll(async () => {
  sink = await startOtlpSink();
  host = await startHost();
  const added = await host.cliGiven(`${presigned(keys.first)}\n`, 'destination', 'add', 'sumo');
  expect(added, added.stderr).toMatchObject({ code: 0 });
  expect((await host.cli('sumo', 'on')).code).toBe(0);
});
test.afterAll(async () => {
  await host?.stop();
  await sink?.close();
});
test.beforeEach(() => {
  sink.tries.length = 0;
  sink.requests.length = 0;
});

const presigned = (key: string) => `${sink.url}/receiver/v1/otlp/${key}`;

for (const { status, only } of [{ status: 401 }, { status: 403, only: 'logs' as const }]) {
  const what = only ? `the ${only}` : 'everything';
  test(`a key that ${status} refuses for ${what} from the hundredth request on is told everywhere, and so is its end`, async ({
    page,
  }) => {
    const card = await openSumoCard(page, host.ui);
    refuseAfter(sink, taken, status, only);
    await sendUntilRefused(host.otlp.http, sink);
    await expect(failing(page)).toBeVisible();
    await expect(card.getByText('It refuses what is sent')).toBeVisible();
    await expect(card.getByText(new RegExp(`Sumo Logic refuses the key: ${status} `))).toBeVisible();
    await expect(card.getByRole('button', { name: 'Replace the key' })).toBeVisible();
    await page.getByRole('button', { name: '1 problem' }).click();
    await expect(page.getByRole('link', { name: 'Replace the key' })).toBeVisible();
    await page.keyboard.press('Escape');
    const told = await host.cli('sumo', 'status');
    expect([told.code, told.stdout]).toEqual([1, expect.stringContaining(`refuses the key: ${status} `)]);
    const statuses = sink.tries.map((each) => each.status);
    expect(statuses.slice(0, taken)).toEqual(statuses.slice(0, taken).map(() => 200));
    expect(statuses.slice(taken)).toContain(status);

    // What it takes of the other signals ends nothing.
    const arrived = () => sink.requests.length;
    const before = arrived();
    await sendOneOfEach(host.otlp.http);
    if (only) await expect.poll(arrived).toBeGreaterThan(before);
    await expect(failing(page)).toBeVisible();
    sink.answer({ status: 200 });
    await sendOneOfEach(host.otlp.http);
    await expect(sending(page)).toBeVisible();
    await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
    expect((await host.cli('sumo', 'status')).code).toBe(0);
  });
}

test('`destination key` replaces a key that is refused: what comes is sent with the new one', async ({ page }) => {
  const said: string[] = [];
  let command: string[] = [];
  const replaceKey = async (input: string) => {
    const end = await host.cliGiven(input, ...command);
    said.push(end.stdout, end.stderr);
    return end;
  };
  const card = await openSumoCard(page, host.ui);
  const given = () => sink.tries.length;
  const keysOf: unknown[] = [];
  sink.answer((_signal, _body, headers) => {
    keysOf.push(headers['x-sumo-token']);
    return { status: headers['x-sumo-token'] === keys.next ? 200 : 401 };
  });
  await sendOneOfEach(host.otlp.http);
  await expect(failing(page)).toBeVisible();
  const told = await host.cli('sumo', 'status');
  command = /Give the new one with: watchtower (.*)/.exec(told.stdout)![1]!.split(' ');
  expect(command.slice(0, 2)).toEqual(['destination', 'key']);

  const none = await replaceKey('');
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('was not given')]);
  expect(await replaceKey(`${keys.wrong}\n`)).toMatchObject({ code: 0 });
  keysOf.length = 0;
  const before = given();
  await sendOneOfEach(host.otlp.http);
  await expect.poll(given).toBeGreaterThan(before);
  await expect(failing(page)).toBeVisible();
  await expect(card.getByText(/Sumo Logic refuses the key: 401 /)).toBeVisible();
  expect(new Set(keysOf)).toEqual(new Set([keys.wrong]));

  // A whole presigned URL is as good as the token alone.
  const replaced = await replaceKey(`${presigned(keys.next)}\n`);
  expect([replaced.code, replaced.stdout]).toEqual([0, expect.stringContaining('has its new key')]);
  await sendOneOfEach(host.otlp.http);
  await expect(sending(page)).toBeVisible();
  await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
  await expect(card.getByText(/refuses the key/)).toHaveCount(0);
  expect((await host.cli('destination', 'test')).code).toBe(0);
  expect(new Set(sink.requests.map(({ headers }) => headers['x-sumo-token']))).toEqual(new Set([keys.next]));
  for (const key of Object.values(keys)) expect(said.join('')).not.toContain(key);
});
