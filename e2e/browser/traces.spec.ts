import { expect, test } from '@playwright/test';
import { openPage } from '../open-page';
import { newSpanId, newTraceId, sendHistogram, sendLog, sendSpans } from '../send-otlp';
import { startHost, type TestHost } from '../start-host';
import { typeQuery } from '../type-query';

let host: TestHost;

test.beforeAll(async () => {
  host = await startHost();
});
test.afterAll(() => host.stop());

test('the empty list teaches, then a span appears in it without a reload', async ({ page }) => {
  await openPage(page, host, '/traces');
  await expect(page.getByText('Waiting for the first trace')).toBeVisible();
  await expect(page.getByText(/ generate$/)).toBeVisible();
  await sendSpans(host.otlp.http, [{ service: 'shop', name: 'checkout', error: 'card declined' }]);
  const row = page.getByRole('link', { name: /checkout/ });
  await expect(row).toBeVisible();
  await expect(row.getByText('1 error')).toBeVisible();
});

test('a list that is scrolled away holds still and counts what came', async ({ page }) => {
  const filler = Array.from({ length: 60 }, (_, index) => ({
    service: 'shop',
    name: `filler ${index}`,
    ago: 1000 + index,
  }));
  await sendSpans(host.otlp.http, filler);
  await openPage(page, host, '/traces');
  const list = page.getByTestId('trace-list');
  await expect(list.getByText('filler 5', { exact: true })).toBeVisible();
  await list.evaluate((element) => element.scrollTo({ top: 600 }));
  await sendSpans(host.otlp.http, [
    { service: 'shop', name: 'held one' },
    { service: 'shop', name: 'held two' },
  ]);
  const more = page.getByRole('button', { name: '2 new' });
  await expect(more).toBeVisible();
  expect(await list.evaluate((element) => element.scrollTop)).toBe(600);
  await more.click();
  await expect(list.getByText('held one')).toBeVisible();
});

test('plain filters and TraceQL find the same traces', async ({ page }) => {
  await sendSpans(host.otlp.http, [
    { service: 'billing', name: 'invoice (draft)', durationMs: 250 },
    { service: 'billing', name: 'invoice (draft)', durationMs: 20 },
  ]);
  await openPage(page, host, '/traces?live=false&service=billing&name=invoice%20(draft)&min=100ms');
  await expect(page.getByTestId('trace-count')).toHaveText('1 trace');
  await typeQuery(page, 'TraceQL', '{ resource.service.name = "billing" && duration < 100ms }');
  await expect(page.getByTestId('trace-list').getByText('20 ms')).toBeVisible();
  await typeQuery(page, 'TraceQL', '{ status = }');
  await expect(page.getByRole('alert')).toContainText(/parse error/i);
});

test('a log line leads to its trace, and hostile names stay text', async ({ page }) => {
  const traceId = newTraceId();
  const spanId = newSpanId();
  const name = 'pay <img src=x onerror=alert(1)>';
  await sendSpans(host.otlp.http, [{ traceId, spanId, service: 'shop', name }]);
  await sendLog(host.otlp.http, { service: 'shop', body: 'card <b>declined</b>', traceId, spanId, severity: 17 });
  await openPage(page, host, '/logs');
  await page.getByText('card <b>declined</b>').first().click();
  await page.keyboard.press('t');
  await expect(page).toHaveURL(new RegExp(`/traces/${traceId}`));
  await expect(page.getByTestId('waterfall').getByText(name)).toBeVisible();
  await expect(page.getByTestId('trace-logs').getByText('card <b>declined</b>')).toBeVisible();
});

test('a waterfall of 10,000 spans draws only what is in sight, and is driven by keys', async ({ page }) => {
  test.setTimeout(120_000);
  const traceId = newTraceId();
  const root = newSpanId();
  const children = Array.from({ length: 9999 }, (_, index) => ({
    traceId,
    spanId: newSpanId(),
    parentSpanId: root,
    service: index % 2 ? 'worker' : 'shop',
    name: `step ${index}`,
    ago: 9999 - index,
    durationMs: 1,
    ...(index === 7000 && { error: 'deadlock detected', attributes: { 'db.query.text': 'SELECT needle' } }),
  }));
  const all = [
    { traceId, spanId: root, service: 'shop', name: 'big job', ago: 10_000, durationMs: 10_000 },
    ...children,
  ];
  for (let at = 0; at < all.length; at += 2000) await sendSpans(host.otlp.http, all.slice(at, at + 2000));

  await openPage(page, host, `/traces/${traceId}`);
  const waterfall = page.getByTestId('waterfall');
  await expect(page.getByText('10,000 spans')).toBeVisible({ timeout: 45_000 });
  expect(await waterfall.getByRole('treeitem').count()).toBeLessThan(120);

  await page.keyboard.press('e');
  await expect(waterfall.getByText('step 7000', { exact: true })).toBeVisible();
  const details = page.getByTestId('span-details');
  await expect(details.getByText('deadlock detected')).toBeVisible();
  await expect(details.getByText('SELECT needle')).toBeVisible();

  await page.getByLabel('Search inside the trace').fill('needle');
  await expect(page.getByRole('status').filter({ hasText: '1 of 1' })).toBeVisible();
  await page.getByLabel('Search inside the trace').press('Escape');
  await page.getByRole('button', { name: 'One level less' }).click();
  await expect(waterfall.getByRole('treeitem')).toHaveCount(1);
});

test('a trace is copied for an agent as short text, and as curl', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const traceId = newTraceId();
  await sendSpans(host.otlp.http, [{ traceId, service: 'shop', name: 'copy me', error: 'no stock' }]);
  await openPage(page, host, `/traces/${traceId}`);
  await page.getByRole('button', { name: /the trace for an agent/ }).click();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toContain(`Trace ${traceId}: 1 span,`);
  expect(text).toContain('copy me ERROR no stock');
  await page.getByRole('button', { name: /this trace as curl/ }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    `curl -sG '${host.tempo}/api/v2/traces/${traceId}'`,
  );
});

test('an exemplar sent over OTLP is found through the metric it belongs to', async () => {
  const traceId = newTraceId();
  const spanId = newSpanId();
  await sendHistogram(host.otlp.http, { service: 'shop', name: 'request.duration', count: 10, traceId, spanId });
  const now = Date.now() / 1000;
  const url = `${host.prometheus}/api/v1/query_exemplars?query=request_duration_seconds_bucket&start=${now - 60}&end=${now + 60}`;
  await expect
    .poll(async () => {
      const answer = (await (await fetch(url)).json()) as {
        data: { exemplars: { labels: Record<string, string> }[] }[];
      };
      return answer.data.flatMap(({ exemplars }) => exemplars).map(({ labels }) => labels.trace_id);
    })
    .toContain(traceId);
});
