import { expect, test } from '@playwright/test';
import { openPage } from '../open-page';
import { newTraceId, sendLog, sendSpans } from '../send-otlp';
import { startHost, type TestHost } from '../start-host';

let host: TestHost;

// Several pages a test, and a command that runs for ten seconds: a busy machine takes its time.
test.describe.configure({ mode: 'serial', timeout: 120_000 });
test.beforeAll(async () => {
  host = await startHost();
});
test.afterAll(() => host.stop());

test('an empty page offers demo data, as a button and as the command of this machine', async ({ page }) => {
  for (const path of ['/', '/traces', '/logs', '/connect']) {
    await openPage(page, host, path);
    await expect(page.getByRole('button', { name: 'Send demo data' })).toBeVisible();
  }
  await openPage(page, host, '/traces');
  await expect(page.getByText(/(watchtower|cli\.cjs) generate$/)).toBeVisible();
  await page.getByRole('button', { name: 'Send demo data' }).click();
  await expect(page.getByTestId('trace-list').getByText('api-gateway').first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Demo data sent')).toBeVisible({ timeout: 40_000 });
});

test('the overview lists services whatever they send, and their percentile is of their spans', async ({ page }) => {
  await sendLog(host.otlp.http, { service: 'logs-only', body: 'broken', severity: 17 });
  await sendSpans(host.otlp.http, [
    ...[300, 400, 500, 600].map((durationMs) => ({ service: 'few-spans', name: 'work', durationMs })),
    { service: 'few-spans', name: 'slow', durationMs: 8200 },
    { service: 'instant', name: 'nothing', durationMs: 0 },
  ]);
  await openPage(page, host, '/');
  const row = (service: string) => page.getByRole('row', { name: new RegExp(`^${service}`) });
  await expect(row('few-spans')).toContainText('5 in 5 min');
  await expect(row('few-spans')).toContainText('8.2 s');
  await expect(row('instant')).toContainText('0 ns');
  await expect(row('logs-only')).toContainText('1 line');
  await expect(page.getByRole('link', { name: /\d errors?/ })).toBeVisible();
});

test('"Your services" is there from the first paint', async ({ page }) => {
  await page.goto(host.ui);
  // Nothing that the page asks for over its socket has an answer yet.
  await page.routeWebSocket(/\/rpc\/ws/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      if (String(message).includes('"p95Ns"')) return;
      socket.send(message);
    });
  });
  await page.goto(new URL('/', host.ui).href);
  await expect(page.getByRole('heading', { name: 'Your services' })).toBeVisible();
});

test('the link of a log line opens it, and Back undoes a filter', async ({ page }) => {
  await sendLog(host.otlp.http, { service: 'linked', body: 'open me', severity: 9 });
  await sendLog(host.otlp.http, { service: 'linked', body: 'a failure', severity: 17 });
  await openPage(page, host, '/logs?service=linked');
  await page.getByRole('option').filter({ hasText: 'open me' }).click();
  await expect(page).toHaveURL(/line=t\d+/);
  await page.reload();
  const details = page.getByRole('complementary', { name: 'Log line' });
  await expect(details.getByText('open me').first()).toBeVisible();
  await details.getByRole('button', { name: 'Close' }).click();
  await expect(details).toHaveCount(0);

  await page.getByRole('combobox', { name: 'Level' }).click();
  await page.getByRole('option', { name: 'warn and worse' }).click();
  await expect(page).toHaveURL(/level=warn/);
  const lines = page.getByRole('listbox', { name: 'Log lines' }).getByRole('option');
  await expect(lines).toHaveCount(1);
  await page.getByLabel('Text in the line').fill('fail');
  await expect(page).toHaveURL(/text=fail/);
  await expect(lines.locator('mark')).toHaveText('fail');
  await page.goBack();
  await expect(page).not.toHaveURL(/text=/);
  await page.goBack();
  await expect(page).not.toHaveURL(/level=/);
  await expect(lines).toHaveCount(2);
});

test('a stack trace in a line is shown with its line breaks, above the labels', async ({ page }) => {
  const stack = 'Error: no price\n    at catalog (shop.js:11:3)\n    at main (shop.js:2:1)';
  await sendLog(host.otlp.http, {
    service: 'thrower',
    body: 'request failed',
    severity: 17,
    attributes: { 'exception.type': 'Error', 'exception.message': 'no price', 'exception.stacktrace': stack },
  });
  await openPage(page, host, '/logs?service=thrower');
  await page.getByRole('option').filter({ hasText: 'request failed' }).click();
  const block = page.getByRole('region', { name: 'Exception' });
  await expect(block.locator('pre')).toHaveCSS('white-space', /^pre/);
  expect(await block.locator('pre').textContent()).toBe(stack);
});

test('lines of all services around one are shown in one order', async ({ page }) => {
  await sendLog(host.otlp.http, { service: 'neighbour-a', body: 'first', severity: 9 });
  await sendLog(host.otlp.http, { service: 'neighbour-b', body: 'second', severity: 9 });
  await openPage(page, host, '/logs?service=neighbour-b');
  await page.getByRole('option').filter({ hasText: 'second' }).click();
  await page.getByRole('tab', { name: 'Lines around it' }).click();
  await page.getByRole('tab', { name: /All services/ }).click();
  await expect(page.getByRole('complementary', { name: 'Log line' }).getByText('neighbour-a').first()).toBeVisible();
});

test('selected attributes are columns, and a duration without a unit is said to be none', async ({ page }) => {
  await sendSpans(host.otlp.http, [
    { traceId: newTraceId(), service: 'columns', name: 'GET', attributes: { 'http.route': '/orders/{id}' } },
  ]);
  const q = '{ resource.service.name = "columns" } | select(span.http.route)';
  await openPage(page, host, `/traces?live=false&q=${encodeURIComponent(q)}`);
  await expect(page.getByTestId('trace-head')).toContainText('Route');
  await expect(page.getByTestId('trace-list')).toContainText('/orders/{id}');
  await expect(page.getByLabel('At least this long')).toBeDisabled();
  await page.getByRole('button', { name: 'Back to the filters' }).click();
  await page.getByLabel('At least this long').fill('abc');
  await expect(page.getByRole('alert')).toContainText('100ms, 1.5s, 2m');
});

test('a name by which others reach this machine is added and removed in the settings', async ({ page }) => {
  await openPage(page, host, '/settings');
  await page.getByLabel('Name of a host').fill('https://bad');
  await expect(page.getByRole('alert').filter({ hasText: 'without a scheme' })).toBeVisible();
  await page.getByLabel('Name of a host').fill('my-vm.internal');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('my-vm.internal')).toBeVisible();
  await page.getByRole('button', { name: 'Remove my-vm.internal' }).click();
  await expect(page.getByText('my-vm.internal')).toHaveCount(0);
});
