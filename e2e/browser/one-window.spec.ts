import { expect, type Page, test } from '@playwright/test';
import { openPage } from '../open-page';
import { newTraceId, sendLog, sendSpans } from '../send-otlp';
import { startHost, type TestHost } from '../start-host';

let host: TestHost;

// Several pages a test: a busy machine takes its time for each.
test.describe.configure({ timeout: 120_000 });
test.use({ permissions: ['clipboard-read', 'clipboard-write'] });
test.beforeAll(async () => {
  host = await startHost();
});
test.afterAll(() => host.stop());

/** Asks what the page copied as curl, as curl would. */
async function askCopied<Answer>(page: Page): Promise<{ answer: Answer; parameters: URLSearchParams }> {
  await page.getByRole('button', { name: /^curl: copy (?!the histogram)/ }).click();
  await expect.poll(() => page.evaluate<string>('navigator.clipboard.readText()')).toContain('curl -sG');
  const copied = await page.evaluate<string>('navigator.clipboard.readText()');
  const [address = '', ...pairs] = [...copied.matchAll(/'((?:[^']|'\\'')*)'/g)].map(([, text = '']) =>
    text.replaceAll(`'\\''`, "'"),
  );
  const parameters = new URLSearchParams();
  for (const pair of pairs) parameters.append(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
  const answer = await fetch(`${address}?${parameters}`);
  expect(answer.status, copied).toBe(200);
  return { answer: (await answer.json()) as Answer, parameters };
}

const ids = (page: Page) =>
  page
    .getByTestId('trace-list')
    .locator('[data-trace]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-trace')));

test('a window of two times goes from Logs to Traces, ends Live there, and can be changed in sight', async ({
  page,
}) => {
  const old = newTraceId();
  await sendSpans(host.otlp.http, [
    { traceId: old, service: 'windowed', name: 'of an hour ago', ago: 3_600_000 },
    { service: 'windowed', name: 'of just now' },
  ]);
  const from = Date.now() - 3_660_000;
  const to = Date.now() - 3_540_000;
  await openPage(page, host, `/logs?from=${from}&to=${to}`);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Traces' }).click();
  await expect(page).toHaveURL(new RegExp(`from=${from}&to=${to}`));
  await expect(page.getByRole('tab', { name: 'Search' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('button', { name: 'Time window' })).toBeVisible();
  await expect.poll(() => ids(page)).toEqual([old]);

  await page.getByRole('tab', { name: 'Live' }).click();
  await expect(page).not.toHaveURL(/from=/);
  await expect(page.getByTestId('trace-list').getByText('of just now')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Time window' })).toBeVisible();
});

test('a live list begins with the whole window of the link', async ({ page }) => {
  const old = newTraceId();
  await sendSpans(host.otlp.http, [{ traceId: old, service: 'long-window', name: 'old', ago: 3_000_000 }]);
  await openPage(page, host, '/traces?service=long-window&since=1h');
  await expect(page.getByRole('tab', { name: 'Live' })).toHaveAttribute('aria-selected', 'true');
  await expect.poll(() => ids(page)).toEqual([old]);
});

test('what is copied as curl has the answer that the page shows', async ({ page }) => {
  await sendSpans(
    host.otlp.http,
    Array.from({ length: 5 }, (_, index) => ({
      service: 'curled',
      name: `it's ${index}`,
      ago: 1000 + index * 600_000,
    })),
  );
  for (let index = 0; index < 3; index++) {
    await sendLog(host.otlp.http, { service: 'curled', body: `line "${index}"`, severity: 17 });
  }
  await sendLog(host.otlp.http, { service: 'curled', body: 'not this one', severity: 9 });

  for (const path of [
    '/traces?live=false&service=curled&since=30m',
    '/traces?live=false&service=curled&since=3h',
    '/traces?service=curled&since=30m',
    `/traces?service=curled&from=${Date.now() - 1_500_000}&to=${Date.now() - 500_000}`,
  ]) {
    await openPage(page, host, path);
    await expect(page.getByTestId('trace-count')).not.toHaveText('0 traces');
    const { answer, parameters } = await askCopied<{ traces: { traceID: string }[] }>(page);
    expect(answer.traces.map(({ traceID }) => traceID.padStart(32, '0')).sort(), path).toEqual(
      (await ids(page)).sort(),
    );
    expect([...parameters.keys()].sort(), path).toEqual(['end', 'limit', 'q', 'spss', 'start']);
  }

  await openPage(page, host, '/logs?service=curled&level=error&since=30m');
  await expect(page.getByRole('option')).toHaveCount(3);
  const lines = await askCopied<{ data: { result: { values: [string, string][] }[] } }>(page);
  const texts = lines.answer.data.result.flatMap(({ values }) => values.map(([, line]) => line));
  expect(texts.sort()).toEqual(['line "0"', 'line "1"', 'line "2"']);
  expect(lines.parameters.get('limit')).toBe('1000');

  await openPage(
    page,
    host,
    `/metrics?q=${encodeURIComponent('traces_spanmetrics_calls_total{service="curled"}')}&since=15m`,
  );
  await expect(page.getByText(/\d+ series, a point every/)).toBeVisible({ timeout: 30_000 });
  const series = await askCopied<{ data: { result: { values: [number, string][] }[] } }>(page);
  const [shown = ''] = (await page.getByText(/\d+ series, a point every/).textContent())!.match(/\d+/) ?? [];
  expect(series.answer.data.result).toHaveLength(Number(shown));
  const step = Number(series.parameters.get('step'));
  expect(Number(series.parameters.get('start')) % step).toBe(0);
});

test('live rows hold still under the pointer, and what came meanwhile is counted', async ({ page }) => {
  await sendSpans(host.otlp.http, [{ service: 'still', name: 'first' }]);
  await openPage(page, host, '/traces?service=still');
  const list = page.getByTestId('trace-list');
  await expect(list.getByText('first')).toBeVisible();
  // A pointer that lies there without having moved holds nothing.
  await list.hover({ position: { x: 300, y: 16 } });
  await expect(page.getByText('live', { exact: true })).toBeVisible();
  await list.hover({ position: { x: 310, y: 16 } });
  await expect(page.getByText('held', { exact: true })).toBeVisible();
  await sendSpans(host.otlp.http, [
    { service: 'still', name: 'second' },
    { service: 'still', name: 'third' },
  ]);
  await expect(page.getByRole('button', { name: '2 new' })).toBeVisible();
  expect(await ids(page)).toHaveLength(1);
  await page.mouse.move(300, 5);
  await expect.poll(() => ids(page)).toHaveLength(3);
});

test('Pause and `p` hold a live list, and show what came when it goes on', async ({ page }) => {
  await sendSpans(host.otlp.http, [{ service: 'paused', name: 'first' }]);
  await openPage(page, host, '/traces?service=paused');
  await expect.poll(() => ids(page)).toHaveLength(1);
  await page.keyboard.press('p');
  await expect(page.getByRole('button', { name: 'Follow' })).toBeVisible();
  await sendSpans(host.otlp.http, [{ service: 'paused', name: 'second' }]);
  await expect(page.getByRole('button', { name: '1 new' })).toBeVisible();
  await page.getByRole('button', { name: 'Follow' }).click();
  await expect.poll(() => ids(page)).toHaveLength(2);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await sendSpans(host.otlp.http, [{ service: 'paused', name: 'third' }]);
  await page.getByRole('button', { name: '1 new' }).click();
  await expect.poll(() => ids(page)).toHaveLength(3);
});

for (const { name, path, language } of [
  { name: 'Traces, live', path: `/traces?q=${encodeURIComponent('{ status = ')}`, language: 'TraceQL' },
  { name: 'Traces, search', path: `/traces?live=false&q=${encodeURIComponent('{ status = } ')}`, language: 'TraceQL' },
  { name: 'Logs', path: `/logs?q=${encodeURIComponent('{service_name="x"} |=  ')}`, language: 'LogQL' },
  { name: 'Metrics', path: `/metrics?q=${encodeURIComponent('sum( ')}`, language: 'PromQL' },
  { name: 'Metrics of a metric', path: `/metrics?metric=up&q=${encodeURIComponent('up{ ')}`, language: 'PromQL' },
]) {
  test(`a refused query is explained on ${name}, also where the link ends in a blank`, async ({ page }) => {
    await openPage(page, host, path);
    const body = page.getByRole('main');
    await expect(body.getByText('The query was refused')).toBeVisible();
    await expect(page.getByRole('alert')).toContainText(/error/i);
    await expect(page.getByLabel(language, { exact: true })).toHaveAttribute('aria-invalid', 'true');
    await body.getByTitle('Ask this instead').first().click();
    await expect(body.getByText('The query was refused')).toHaveCount(0);
  });
}

test('every page has a title of its own', async ({ page }) => {
  await openPage(page, host, '/');
  for (const [path, title] of [
    ['/', 'Overview · Watchtower'],
    ['/traces?service=shop', 'shop · Traces · Watchtower'],
    ['/metrics?metric=up', 'up · Metrics · Watchtower'],
    ['/settings', 'Settings · Watchtower'],
  ] as const) {
    await page.goto(new URL(path, host.ui).href);
    await expect(page).toHaveTitle(title);
  }
});
