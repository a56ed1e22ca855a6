import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { beginRun, call, runResource } from '../begin-run';
import { openPage } from '../open-page';
import { newTraceId, sendLog, sendSpans } from '../send-otlp';
import { startHost, type TestHost } from '../start-host';

let host: TestHost;

test.beforeAll(async () => {
  host = await startHost();
});
test.afterAll(() => host.stop());

const write = (id: string, body: string, stream: 'stdout' | 'stderr' = 'stdout') =>
  sendLog(host.otlp.http, {
    service: 'shop',
    body,
    attributes: { 'log.iostream': stream },
    resource: runResource(id, 'shop'),
  });

test('the empty list teaches, then a run appears in it without a reload', async ({ page }) => {
  await openPage(page, host, '/runs');
  await expect(page.getByText('No run yet')).toBeVisible();
  await expect(page.getByText(/ run -- npm test/)).toBeVisible();
  const id = await beginRun(host, 'first');
  const row = page.locator(`[data-run="${id}"]`);
  await expect(row).toContainText('node first.js');
  await expect(row).toContainText('running');
  await expect(row).toContainText('changed files');
});

test('a run shows its output as it comes, and leads to its traces and log lines alone', async ({ page }) => {
  const id = await beginRun(host, 'shop');
  const other = await beginRun(host, 'other');
  const traceId = newTraceId();
  await sendSpans(host.otlp.http, [
    { traceId, service: 'shop', name: 'GET /orders', resource: runResource(id, 'shop') },
  ]);
  await sendSpans(host.otlp.http, [{ service: 'shop', name: 'GET /other', resource: runResource(other, 'other') }]);
  await write(id, 'listening on 4000');
  await write(other, 'of another run');

  await openPage(page, host, `/runs/${id}`);
  const output = page.getByRole('listbox', { name: 'Log lines' });
  await expect(output).toContainText('listening on 4000');
  await write(id, '\u001b[31mno such column\u001b[0m', 'stderr');
  await expect(output).toContainText('no such column');
  await expect(output.getByRole('option', { name: /no such column/ })).toContainText('err');
  await expect(output).not.toContainText('of another run');

  await page.getByRole('link', { name: 'Its traces' }).click();
  await expect(page.getByTestId('trace-list').getByText('GET /orders')).toBeVisible();
  await expect(page.getByText('GET /other')).toHaveCount(0);
  await page.getByTestId('trace-list').getByText('GET /orders').click();
  await page.getByRole('link', { name: 'run shop' }).click();
  await expect(page.getByRole('heading', { name: 'shop' })).toBeVisible();
  await page.getByRole('link', { name: 'Its log lines' }).click();
  await expect(page.getByRole('listbox', { name: 'Log lines' })).toContainText('listening on 4000');
});

test('a label is kept, and a run that runs is not deleted', async ({ page }) => {
  const id = await beginRun(host, 'labelled');
  await openPage(page, host, `/runs/${id}`);
  await page.getByRole('button', { name: 'Label it (e)' }).click();
  await page.getByRole('textbox', { name: 'Label' }).fill('before the index');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByText('before the index')).toBeVisible();
  await page.getByRole('button', { name: 'Delete it' }).click();
  await expect(page.getByRole('button', { name: 'Delete', exact: true })).toBeDisabled();
  expect(await call<{ label: string }>(host, 'runs/get', { ref: id })).toMatchObject({ label: 'before the index' });
});

/** A shop without a word of OpenTelemetry; for each of eight orders it asks itself for so many items. */
const shop = (items: number) => `
const http = require('node:http');
const server = http.createServer(async (request, response) => {
  const { port } = server.address();
  if (request.url === '/orders')
    for (let item = 0; item < ${items}; item++) await (await fetch('http://127.0.0.1:' + port + '/items/' + item)).text();
  response.end('ok');
});
server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  for (let order = 0; order < 8; order++) await (await fetch('http://127.0.0.1:' + port + '/orders')).text();
  console.log('served 8 orders of ${items} items');
  server.close();
});
`;

test('a command that was changed is compared with the last time: in the list, on its page, side by side', async ({
  page,
}) => {
  test.setTimeout(240_000);
  // Apart from this repository, whose package has OpenTelemetry itself.
  const folder = await mkdtemp(join(tmpdir(), 'watchtower-run-'));
  const program = join(folder, 'shop.cjs');
  const command = ['run', '--name', 'changed', '--', process.execPath, program];
  for (const items of [1, 9]) {
    await writeFile(program, shop(items));
    const ended = await host.cli(...command);
    expect(ended.code, ended.stderr).toBe(0);
  }
  await rm(folder, { recursive: true });
  await openPage(page, host, '/runs?text=changed');
  const rows = page.getByTestId('run-list').getByRole('listitem');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(0)).toContainText('worse');
  await expect(rows.nth(1)).toContainText('first of its name');

  await rows.nth(0).getByRole('link').click();
  await expect(page.getByRole('list', { name: 'Changes' })).toContainText('items');
  await page.getByRole('tab', { name: 'Output' }).click();
  await expect(page.getByRole('listbox', { name: 'Log lines' })).toContainText('served 8 orders of 9 items');

  await page.getByRole('link', { name: 'Compare with the one before' }).click();
  // Nine of them, not 9.9 ms.
  const nine = page.getByRole('cell', { name: /→ 9\b(?!\.)/ });
  const changed = page.locator('[data-shape]').filter({ has: nine }).first();
  await expect(changed).toContainText('more');
  await changed.getByRole('link').last().click();
  await expect(page.getByRole('button', { name: /finding.*N\+1 calls/ })).toBeVisible();
});
