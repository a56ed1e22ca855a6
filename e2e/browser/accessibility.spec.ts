import { expect, type Page, test } from '@playwright/test';
import axe from 'axe-core';
import { sendConversation, sendSession } from '../agent-story';
import { beginRun, runResource } from '../begin-run';
import { newTraceId, sendLog, sendSpans } from '../send-otlp';
import { startHost, type TestHost } from '../start-host';

let host: TestHost;
const traceId = newTraceId();
let runId: string;
let otherRunId: string;
let conversationId: string;
let sessionId: string;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  host = await startHost();
  const sent = await host.cli('generate', '--rate', '10', '--duration', '3', '--endpoint', host.otlp.grpc);
  expect(sent.code, sent.stderr).toBe(0);
  await sendSpans(host.otlp.http, [{ traceId, service: 'shop', name: 'pay', error: 'no stock' }]);
  otherRunId = await beginRun(host, 'review');
  runId = await beginRun(host, 'review');
  conversationId = await sendConversation(host.otlp.http);
  sessionId = await sendSession(host.otlp.http);
  await sendLog(host.otlp.http, {
    service: 'review',
    body: 'listening on 4000',
    attributes: { 'log.iostream': 'stdout' },
    resource: runResource(runId, 'review'),
  });
  const added = await fetch(new URL('/rpc/destinations/add', host.ui), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${new URL(host.ui).searchParams.get('token')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      json: {
        kind: 'otlp',
        name: 'Review',
        endpoint: 'https://collector.example',
        headers: [{ name: 'x-key', value: 'k' }],
      },
    }),
  });
  expect(added.status).toBe(200);
});
test.afterAll(() => host.stop());

const rules = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  // A line of the logs carries a link for the pointer; the keyboard opens its trace with `t`.
  rules: { 'nested-interactive': { enabled: false } },
};

/** What axe knows of contrast, names and focus, and the rest of WCAG 2.2 A and AA. */
async function findViolations(page: Page, asked: object) {
  // What moves in is measured when it stands.
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {}))));
  // The page's policy lets no script in; the browser's own console does.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(${JSON.stringify(asked)})`);
  return violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.slice(0, 5).map(({ html, any, all, none }) => ({
      html: html.slice(0, 200),
      why: [...any, ...all, ...none].map(({ message }) => message),
    })),
  }));
}

interface View {
  path: () => string;
  /** Until what is to be looked at stands there. */
  ready: (page: Page) => Promise<void>;
}

const visible = (name: string) => (page: Page) => expect(page.getByRole('heading', { name }).first()).toBeVisible();

const views: Record<string, View> = {
  Overview: { path: () => '/', ready: (page) => expect(page.getByText('order-service').first()).toBeVisible() },
  'Services, as a map': {
    path: () => '/services',
    ready: async (page) => {
      await expect(page.getByText('order-service').first()).toBeVisible();
      await expect(page.getByText(/postgres|redis|payment-service/).first()).toBeVisible();
    },
  },
  'Services, as a table': {
    path: () => '/services?table=true',
    ready: (page) => expect(page.getByRole('cell', { name: /order-service/ }).first()).toBeVisible(),
  },
  'A service': {
    path: () => '/services/api-gateway',
    ready: (page) => expect(page.getByText('POST /api/orders').first()).toBeVisible(),
  },
  Errors: { path: () => '/errors', ready: (page) => expect(page.getByText('no stock').first()).toBeVisible() },
  'Traces, live': { path: () => '/traces', ready: visible('Traces') },
  'Traces, searched': {
    path: () => '/traces?live=false',
    ready: (page) => expect(page.getByText('POST /api/orders').first()).toBeVisible(),
  },
  'Traces, refused': { path: () => '/traces?live=false&q=%7B%20nonsense', ready: visible('Traces') },
  Trace: {
    path: () => `/traces/${traceId}`,
    ready: async (page) => {
      await expect(page.getByRole('treeitem').first()).toBeVisible();
      await page.keyboard.press('e');
      await expect(page.getByTestId('span-details')).toBeVisible();
    },
  },
  'A trace as a flame graph': { path: () => `/traces/${traceId}?view=flame`, ready: visible('pay') },
  'A trace in numbers': { path: () => `/traces/${traceId}?view=statistics`, ready: visible('pay') },
  'A trace as a table': { path: () => `/traces/${traceId}?view=table`, ready: visible('pay') },
  'Two traces compared': {
    path: () => `/traces/compare?a=${traceId}&b=${conversationId}`,
    ready: (page) => expect(page.getByText('pay').first()).toBeVisible(),
  },
  'A trace that is not here': {
    path: () => `/traces/${'0'.repeat(31)}1`,
    ready: (page) => expect(page.getByText('This trace is not here')).toBeVisible(),
  },
  Logs: {
    path: () => '/logs?live=false',
    ready: async (page) => {
      await page.getByRole('option').first().click();
      await expect(page.getByRole('complementary', { name: 'Log line' })).toBeVisible();
    },
  },
  Metrics: { path: () => '/metrics', ready: visible('Metrics') },
  'One metric': {
    path: () => '/metrics?metric=traces_spanmetrics_latency',
    ready: (page) => expect(page.getByText('traces_spanmetrics_latency').first()).toBeVisible(),
  },
  'The board of metrics': { path: () => '/metrics?board=true', ready: visible('Metrics') },
  Runs: {
    path: () => '/runs',
    ready: async (page) => {
      await expect(page.getByRole('link', { name: /review/ }).first()).toBeVisible();
      await page.keyboard.press('j');
      await page.keyboard.press('x');
    },
  },
  'A run': { path: () => `/runs/${runId}`, ready: visible('review') },
  'Output of a run': {
    path: () => `/runs/${runId}?part=output`,
    ready: (page) => expect(page.getByRole('option', { name: /listening/ })).toBeVisible(),
  },
  'A run to delete': {
    path: () => `/runs/${runId}`,
    ready: async (page) => {
      await page.getByRole('button', { name: 'Delete it' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  'Two runs compared': {
    path: () => `/runs/compare?before=${otherRunId}&after=${runId}&force=true`,
    ready: (page) => expect(page.getByRole('heading', { name: /Compare/ }).first()).toBeVisible(),
  },
  'A conversation': {
    path: () => `/traces/${conversationId}?view=conversation`,
    ready: (page) => expect(page.getByTestId('conversation').getByText('Yes: snow')).toBeVisible(),
  },
  'A conversation beside the waterfall': {
    path: () => `/traces/${conversationId}`,
    ready: async (page) => {
      await page.getByRole('treeitem').last().click();
      await expect(page.getByTestId('conversation')).toBeVisible();
    },
  },
  Sessions: {
    path: () => '/sessions',
    ready: (page) => expect(page.getByText('Fix the cart')).toBeVisible(),
  },
  'A session': {
    path: () => `/sessions/${sessionId}`,
    ready: async (page) => {
      await page
        .getByTestId('timeline')
        .getByRole('button', { name: /npm test/ })
        .first()
        .click();
      await expect(page.getByRole('region', { name: 'Arguments' })).toBeVisible();
    },
  },
  'What a session used': {
    path: () => `/sessions/${sessionId}?part=usage`,
    ready: (page) => expect(page.getByRole('img', { name: 'Tokens over time' })).toBeVisible(),
  },
  Findings: { path: () => '/findings', ready: visible('Findings') },
  Agents: {
    path: () => `/agents?folder=${encodeURIComponent(process.cwd())}`,
    ready: (page) => expect(page.getByRole('list', { name: /^Files of/ }).first()).toBeVisible(),
  },
  Stack: { path: () => '/stack', ready: visible('Stack') },
  Destinations: {
    path: () => '/destinations',
    ready: (page) => expect(page.getByRole('switch').first()).toBeVisible(),
  },
  'A destination to add': {
    path: () => '/destinations?add=sumo',
    ready: (page) => expect(page.getByRole('dialog')).toBeVisible(),
  },
  Connect: { path: () => '/connect', ready: visible('Connect') },
  Settings: { path: () => '/settings', ready: visible('Settings') },
  'Nothing there': { path: () => '/nowhere', ready: async () => {} },
};

const themes = ['light', 'dark'] as const;

/** In both themes: names, focus and the rest do not depend on it, contrast does. */
async function lookAt(page: Page, screenshot?: (theme: string) => Promise<unknown>) {
  const found: unknown[] = [];
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await screenshot?.(theme);
    const violations = await findViolations(page, theme === 'light' ? rules : { runOnly: ['color-contrast'] });
    found.push(...violations.map((violation) => ({ theme, ...violation })));
  }
  return found;
}

test.describe('a view that can be read and reached, in both themes', () => {
  // One page for all of them, loaded once.
  let page: Page;
  test.beforeAll(async ({ browser }) => {
    page = await browser.newPage({ reducedMotion: 'reduce' });
    await page.goto(host.ui);
  });
  test.afterAll(() => page.close());

  for (const [name, { path, ready }] of Object.entries(views))
    test(name, async () => {
      await page.goto(new URL(path(), host.ui).href);
      await ready(page);
      const picture = (theme: string) => page.screenshot({ path: test.info().outputPath(`${theme}.png`) });
      expect(await lookAt(page, picture)).toEqual([]);
    });
});

test('the palette, the keys and the problems can be read and reached, in both themes', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(host.ui);
  await page.getByRole('button', { name: 'Command palette' }).click();
  await expect(page.getByRole('option').first()).toBeVisible();
  expect(await lookAt(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await lookAt(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /No problems|problem/ }).click();
  expect(await lookAt(page)).toEqual([]);
});
