import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { openPage } from '../open-page';
import { newSpanId, newTraceId, sendLog, sendSpans } from '../send-otlp';
import { startHost, type TestHost } from '../start-host';

let host: TestHost;
test.beforeAll(async () => {
  host = await startHost();
});
test.afterAll(() => host.stop());

test('an exported trace opens from a file without network and shows the waterfall', async ({ page, browser }, info) => {
  const traceId = newTraceId();
  const [root, child] = [newSpanId(), newSpanId()];
  const hostile = 'pay </script><script>document.title="owned"</script> <img src=x onerror=alert(1)>';
  await sendSpans(host.otlp.http, [
    { traceId, spanId: root, service: 'shop', name: 'POST /orders', durationMs: 80, ago: 200 },
    {
      traceId,
      spanId: child,
      parentSpanId: root,
      service: 'bank',
      name: hostile,
      durationMs: 50,
      ago: 190,
      error: 'declined',
    },
  ]);
  await sendLog(host.otlp.http, {
    service: 'bank',
    body: 'card <b>declined</b>',
    traceId,
    spanId: child,
    severity: 17,
  });
  await openPage(page, host, `/traces/${traceId}`);
  await expect(page.getByTestId('trace-logs').getByText('card <b>declined</b>')).toBeVisible();
  await page.getByRole('button', { name: 'Export' }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save HTML' }).click();
  const file = info.outputPath('trace.html');
  await (await saving).saveAs(file);

  const context = await browser.newContext({ offline: true });
  const alone = await context.newPage();
  const said: string[] = [];
  alone.on('console', (message) => said.push(message.text()));
  alone.on('pageerror', (error) => said.push(String(error)));
  alone.on('request', (request) => !/^(?:file|data):/.test(request.url()) && said.push(request.url()));
  await alone.goto(pathToFileURL(file).href);
  const waterfall = alone.getByRole('tree', { name: 'Spans of the trace' });
  await expect(waterfall.getByRole('treeitem')).toHaveCount(2);
  await expect(waterfall.locator('.label').getByText('80 ms')).toBeVisible();
  await expect(waterfall.locator('.tick').first()).toHaveText('0');
  await expect(waterfall.locator('.tick').nth(1)).toHaveText('20 ms');
  await expect(waterfall.getByText(hostile)).toBeVisible();
  await waterfall.getByText(hostile).click();
  const details = alone.getByRole('complementary', { name: 'Span' });
  await expect(details.getByText('error: declined')).toBeVisible();
  await expect(details.getByText('card <b>declined</b>')).toBeVisible();
  await alone.keyboard.press('k');
  await expect(details.getByRole('heading', { name: 'POST /orders' })).toBeVisible();
  expect(await alone.title()).toContain('POST /orders');
  expect(said).toEqual([]);
  for (const theme of ['light', 'dark'] as const) {
    await alone.emulateMedia({ colorScheme: theme });
    const [bar, ground] = await waterfall.evaluate((tree) => [
      getComputedStyle(tree.querySelector('.bar')!).backgroundColor,
      getComputedStyle(tree).backgroundColor,
    ]);
    expect(bar).toMatch(/^rgb\(/);
    expect(bar).not.toBe(ground);
  }
  await context.close();

  await page.getByRole('button', { name: 'Export' }).click();
  const savingOtlp = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save OTLP JSON' }).click();
  const otlp = info.outputPath('trace.json');
  await (await savingOtlp).saveAs(otlp);
  const request = JSON.parse(await readFile(otlp, 'utf8'));
  expect(request.resourceSpans[0].scopeSpans[0].spans[0].traceId).toBe(traceId);
  const imported = await host.cli('import', otlp);
  expect(imported.stdout, imported.stderr).toContain('Imported');
});
