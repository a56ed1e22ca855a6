import { existsSync, readFileSync, statSync } from 'node:fs';
import { type Browser, chromium, type Page } from '@playwright/test';
import { startHost, type TestHost } from '../../e2e/start-host';
import type { Benchmark, Row } from '../benchmark';
import { quantile } from '../quantile';
import { fillHost, usualFilling } from './fill-host';
import { followLines } from './follow-lines';
import { scrollTrace } from './scroll-trace';
import { sendLoad } from './send-load';
import { openPage, row, visitPages } from './visit-pages';

const RATE = 20_000;
const ROUNDS = 10;
const HOUR_MS = 3_600_000;
const EXECUTABLES = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];

/**
 * The panel over millions of spans and lines while more arrive: what it asks for, its pages, its frames, its memory. `--only` with a number
 * of millions fills less.
 */
export const benchPanel: Benchmark = async ({ programs, only }) => {
  const millions = Number(only ?? usualFilling.spans / 1e6);
  const host = await startHost();
  const browser = await openBrowser();
  try {
    await fillHost(host, programs.generateLoad, { ...usualFilling, spans: millions * 1e6, lines: millions * 1e6 });
    const ran = await host.cli('run', '--name', 'bench', '--', 'true');
    if (ran.code !== 0) throw new Error(ran.stderr);
    const rows = await askApis(host, 'at rest');
    const arriving = sendLoad(host, programs.generateLoad, 'traces', RATE, 180);
    rows.push(...(await askApis(host, `${RATE} spans/s`)));
    rows.push(...(await timePages(host, browser)));
    await arriving;
    rows.push(...(await scrollTrace(host, browser)));
    rows.push(...(await followLines(host, browser, programs.generateLoad)));
    rows.push(...firstScript());
    return rows;
  } finally {
    await browser.close();
    await host.stop();
  }
};

function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? EXECUTABLES.find(existsSync);
  const args = ['--no-sandbox', '--disable-gpu', '--enable-precise-memory-info', '--js-flags=--expose-gc'];
  return chromium.launch({ executablePath, args });
}

/** The requests that its pictures are made of, each as the panel sends it. */
async function askApis({ tempo, loki, prometheus }: TestHost, state: string): Promise<Row[]> {
  const to = Date.now();
  const from = to - HOUR_MS;
  const seconds = { start: String(Math.floor(from / 1000)), end: String(Math.ceil(to / 1000)) };
  const nanos = { start: `${from}000000`, end: `${to}000000` };
  const rectangle = { window: { from: from + HOUR_MS / 3, to: to - HOUR_MS / 3 }, slowerThanMs: 45 };
  const explain = { signal: 'traces', selection: rectangle, against: { window: { from, to } } };
  const calls = 'sum by (client, server) (increase(traces_service_graph_request_total[1h]))';
  const questions: [what: string, boundMs: number, url: string, init?: RequestInit][] = [
    [
      'latency heat map of an hour',
      400,
      `${tempo}/api/metrics/query_range?${new URLSearchParams({ q: '{ } | histogram_over_time(duration)', step: '36s', ...seconds })}`,
    ],
    [
      'what differs in a rectangle',
      700,
      `${tempo}/watchtower/explain`,
      { method: 'POST', body: new URLSearchParams({ request: JSON.stringify(explain) }) },
    ],
    [
      'map of 60 services',
      200,
      `${prometheus}/api/v1/query?${new URLSearchParams({ query: calls, time: String(to / 1000) })}`,
    ],
    [
      'patterns of the lines',
      800,
      `${loki}/loki/api/v1/patterns?${new URLSearchParams({ query: '{service_name=~".+"}', step: '60s', ...nanos })}`,
    ],
    [
      'newest and groups of errors',
      300,
      `${tempo}/watchtower/errors?${new URLSearchParams({ start: String(from), end: String(to) })}`,
    ],
  ];
  const rows: Row[] = [];
  for (const [what, boundMs, url, init] of questions) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await timed(url, init));
    rows.push(row(`${what}, ${state}`, boundMs, quantile(times, 0.5), quantile(times, 0.95)));
  }
  return rows;
}

async function timed(url: string, init?: RequestInit): Promise<number> {
  const began = performance.now();
  const answer = await fetch(url, init);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${text.slice(0, 200)}`);
  return performance.now() - began;
}

async function timePages(host: TestHost, browser: Browser): Promise<Row[]> {
  const page = await openPage(host, browser, '/');
  const rows = await visitPages(
    page,
    [
      { what: 'Overview', title: 'Overview', from: '/traces', to: '/', shows: 'order-service' },
      { what: 'Services', title: 'Services', from: '/', to: '/services', shows: 'order-service' },
      { what: 'a service', title: 'order-service', from: '/', to: '/services/order-service', shows: 'GET /api/orders' },
      { what: 'Traces', title: 'Traces', from: '/', to: '/traces', shows: 'GET /api/orders' },
      { what: 'Errors', title: 'Errors', from: '/', to: '/errors', shows: 'upstream timed out' },
      { what: 'Logs', title: 'Logs', from: '/', to: '/logs', shows: 'placed by customer' },
      { what: 'Metrics', title: 'Metrics', from: '/', to: '/metrics', shows: 'http_server_active_requests' },
      { what: 'Runs', title: 'Runs', from: '/', to: '/runs', shows: 'bench' },
      { what: 'Findings', title: 'Findings', from: '/', to: '/findings', shows: 'Findings' },
    ],
    300,
  );
  rows.push(await typeInEditor(page));
  await page.close();
  return rows;
}

/** From a key to the frame after it. */
async function typeInEditor(page: Page): Promise<Row> {
  await page.goto(new URL('/traces', page.url()).href);
  const editor = page.getByRole('textbox', { name: /TraceQL|query/i }).first();
  await editor.click();
  await page.evaluate(`{
    window.benchKeys = [];
    addEventListener('keydown', () => {
      const at = performance.now();
      requestAnimationFrame(() => requestAnimationFrame(() => benchKeys.push(performance.now() - at)));
    }, true);
  }`);
  await page.keyboard.type('{ resource.service.name = "order-service" && duration > 20ms }', { delay: 60 });
  const times = await page.evaluate<number[]>('benchKeys');
  return row('typing in an editor: key to frame', 50, quantile(times, 0.5), quantile(times, 0.95));
}

/** The script that the page names, and it with all that is loaded beside it before anything is shown, in kB. */
function firstScript(): Row[] {
  const folder = 'out/renderer';
  const html = readFileSync(`${folder}/index.html`, 'utf8');
  const loaded = [...html.matchAll(/<(script|link)\b[^>]*\b(?:src|href)="\/(assets\/[^"]+\.js)"/g)];
  const kilobytes = loaded.map(([, tag, path]) => ({ tag, size: statSync(`${folder}/${path}`).size / 1000 }));
  const first = kilobytes.find(({ tag }) => tag === 'script')!.size;
  const all = kilobytes.reduce((sum, { size }) => sum + size, 0);
  return [row('first script, kB', 400, first, first), row('with all that loads beside it, kB', '', all, all)];
}
