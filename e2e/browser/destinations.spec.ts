import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { openPage } from '../open-page';
import { type OtlpSink, startOtlpSink } from '../otlp-sink';
import { startHost, type TestHost } from '../start-host';

const canary = 'ZmFrZS1jYW5hcnktdG9rZW4tMTIzNDU2Nzg5MA';

let host: TestHost;
let sink: OtlpSink;

test.describe.configure({ mode: 'serial' });
// A trace would keep what is pasted here.
test.use({ permissions: ['clipboard-read', 'clipboard-write'], trace: 'off' });
test.beforeAll(async () => {
  sink = await startOtlpSink();
  host = await startHost();
});
test.afterAll(async () => {
  await host.stop();
  await sink.close();
});

const presigned = () => `${sink.url}/receiver/v1/otlp/${canary}`;

/** The page, and everything its WebSocket has brought to it so far. */
async function openDestinations(page: Page): Promise<string[]> {
  const received: string[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => received.push(payload.toString())));
  await openPage(page, host, '/destinations');
  return received;
}

async function expectNoCanary(page: Page, context: BrowserContext, received: readonly string[]): Promise<void> {
  const stored = await page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])');
  const fields = await page.evaluate<string[]>('[...document.querySelectorAll("input")].map(({ value }) => value)');
  const cookies = JSON.stringify(await context.cookies());
  for (const text of [await page.content(), page.url(), stored, cookies, ...fields, ...received]) {
    expect(text).not.toContain(canary);
  }
}

async function sendLog(line: string): Promise<void> {
  const record = { timeUnixNano: `${BigInt(Date.now()) * 1_000_000n}`, body: { stringValue: line } };
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'mailer' } }] };
  const answer = await fetch(`${host.otlp.http}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ logRecords: [record] }] }] }),
  });
  expect(answer.status).toBe(200);
}

const sentLines = () => sink.items('logs').map(({ body }) => (body as { stringValue: string }).stringValue);

test('a pasted presigned URL becomes a destination whose token is shown nowhere', async ({ page, context }, info) => {
  const received = await openDestinations(page);
  await expect(page.getByRole('heading', { name: 'Nothing leaves this machine' })).toBeVisible();
  await page.screenshot({ path: info.outputPath('empty.png') });
  await page.getByRole('button', { name: 'Add Sumo Logic' }).click();
  await page.evaluate((text) => navigator.clipboard.writeText(text), presigned());
  await page.getByLabel('Presigned URL').focus();
  await page.keyboard.press('ControlOrMeta+v');
  await expect(page.getByText('token found')).toBeVisible();
  await expect(page.getByLabel('Presigned URL')).toHaveValue(`${sink.url}/receiver/v1/otlp`);
  await page.screenshot({ path: info.outputPath('add.png') });
  await expectNoCanary(page, context, received);

  await page.getByRole('button', { name: 'Save and test' }).click();
  const card = page.getByRole('listitem', { name: 'Sumo Logic' });
  await expect(card.getByRole('status')).toContainText('HTTP 200');
  await page.screenshot({ path: info.outputPath('tested.png') });
  expect(sink.requests.map(({ headers }) => headers['x-sumo-token'])).toEqual([canary]);
  await expect(card.getByText('Nothing is sent to it')).toBeVisible();
  await page.reload();
  await expect(card).toBeVisible();
  await expectNoCanary(page, context, received);
});

test('one switch sends a copy, counts it, and ends it', async ({ page, context }, info) => {
  const received = await openDestinations(page);
  await sendLog('before the switch');
  await page.getByRole('switch', { name: 'Send to Sumo Logic' }).click();
  await expect(page.getByRole('heading', { name: 'A copy goes to Sumo Logic' })).toBeVisible();
  await expect(page.getByText('Sends as soon as telemetry arrives')).toBeVisible();
  const sent = await host.cli('generate', '--rate', '10', '--duration', '2', '--endpoint', host.otlp.grpc);
  expect(sent.code, sent.stderr).toBe(0);

  await expect(page.getByRole('link', { name: 'Cloud: sending to 1' })).toBeVisible();
  const counter = page.locator('dt', { hasText: 'Spans sent' }).locator('+ dd span');
  await expect(counter).toHaveAttribute('title', /^\d{2,}$/);
  // The test connection's span went before the switch; both sides still count while the rest arrives.
  const ahead = async () => Number(await counter.getAttribute('title')) - (sink.items('traces').length - 1);
  await expect.poll(ahead).toBe(0);
  expect(new Set(sink.requests.map(({ headers }) => headers['x-sumo-token']))).toEqual(new Set([canary]));
  expect(sentLines()).not.toContain('before the switch');
  await page.screenshot({ path: info.outputPath('sending.png') });
  await expectNoCanary(page, context, received);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('stop sending to sumo');
  // The palette asks for the destinations when it opens; a person presses Enter on what is marked.
  await expect(page.getByRole('option', { name: 'Stop sending to Sumo Logic' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Nothing leaves this machine' })).toBeVisible();
  await sendLog('after the switch');
});

test('a destination that stays away is shown as failing, with why, and recovers by itself', async ({ page }, info) => {
  await openDestinations(page);
  sink.answer({ status: 503 });
  await page.getByRole('switch', { name: 'Send to Sumo Logic' }).click();
  await expect(page.getByText('Sends as soon as telemetry arrives')).toBeVisible();
  await sendLog('kept while it is away');
  await expect(page.getByText('The last try failed; what waits is tried again')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Cloud: failing' })).toBeVisible();
  await expect(page.getByText(/does not take what is sent: 503/)).toBeVisible();
  await page.screenshot({ path: info.outputPath('failing.png') });
  sink.answer({ status: 200 });
  await expect(page.getByRole('link', { name: 'Cloud: sending to 1' })).toBeVisible({ timeout: 40_000 });
  expect(sentLines()).toContain('kept while it is away');
  // Received while the switch was off, long before what has arrived by now.
  expect(sentLines()).not.toContain('after the switch');
});

test('a refused key is failing at once, with the button that replaces it, and recovers without a click', async ({
  page,
}, info) => {
  await openDestinations(page);
  const card = page.getByRole('listitem', { name: 'Sumo Logic' });
  await card.getByRole('button', { name: 'Test connection' }).click();
  await expect(card.getByText('HTTP 200. The span was accepted.')).toBeVisible();
  sink.answer({ status: 401, body: `token ${canary} is not valid` });
  await sendLog('refused for good');
  await expect(page.getByRole('link', { name: 'Cloud: failing' })).toBeVisible();
  await expect(card.getByText('It refuses what is sent')).toBeVisible();
  await expect(card.getByText(/Sumo Logic refuses the key: 401 Unauthorized/)).toBeVisible();
  await expect(card.getByText('HTTP 200. The span was accepted.')).toHaveCount(0);
  await page.screenshot({ path: info.outputPath('refused.png') });
  const told = await host.cli('sumo', 'status');
  expect(told.code).toBe(1);
  expect(told.stdout).toContain('refuses the key: 401 Unauthorized');
  expect(told.stdout).toContain('watchtower destination key');
  expect(told.stdout).not.toContain(canary);

  await page.goto(new URL('/traces', host.ui).href);
  await page.getByRole('button', { name: '1 problem' }).click();
  await page.screenshot({ path: info.outputPath('refused-problem.png') });
  await page.getByRole('link', { name: 'Replace the key' }).click();
  await expect(page.getByRole('dialog', { name: 'Edit Sumo Logic' })).toBeVisible();
  await page.keyboard.press('Escape');

  sink.answer({ status: 200 });
  await sendLog('taken again');
  await expect(page.getByRole('link', { name: 'Cloud: sending to 1' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
  expect(sentLines()).not.toContain('refused for good');
});

test('rules are tried on what is kept here, and hold once they are saved', async ({ page }, info) => {
  await openDestinations(page);
  await sendLog('receipt sent to ada@example.org');
  await expect.poll(sentLines).toContain('receipt sent to ada@example.org');
  await page.getByRole('button', { name: 'Add a rule' }).click();
  await page.getByRole('button', { name: /E-mail addresses/ }).click();
  const row = page.getByRole('row').filter({ hasText: 'log line' }).filter({ hasText: 'ada@example.org' });
  await expect(row.locator('mark')).toHaveText(['ada@example.org', '***']);
  await expect(page.getByText(/values? changes? in the newest/)).toBeVisible();
  await page.screenshot({ path: info.outputPath('redaction.png') });

  await page.getByRole('button', { name: 'Save the rules' }).click();
  await expect(page.getByText('not saved')).toHaveCount(0);
  await sendLog('receipt sent to grace@example.org');
  await expect.poll(sentLines).toContain('receipt sent to ***');
  expect(sentLines()).not.toContain('receipt sent to grace@example.org');
  await page.goto(new URL('/logs?service=mailer', host.ui).href);
  await expect(page.getByRole('option').filter({ hasText: 'grace@example.org' })).toBeVisible();
});

test('a rule that RE2 refuses cannot be saved', async ({ page }) => {
  await openDestinations(page);
  await page.getByLabel('Part of the text, as a pattern').fill('(?=a)');
  await expect(page.getByText(/^Not a pattern: /)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save the rules' })).toBeDisabled();
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByText(/^Not a pattern: /)).toHaveCount(0);
});

test('removing asks first and takes the secret along', async ({ page }) => {
  await openDestinations(page);
  await page.getByRole('button', { name: 'Remove Sumo Logic' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByText('Add a place to which a copy')).toBeVisible();
  const listed = await host.cli('destination', 'list', '--json');
  expect(listed.stdout).not.toContain('Sumo Logic');
});
