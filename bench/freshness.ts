import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from '@playwright/test';
import { newTraceId, sendSpans } from '../e2e/send-otlp';
import { startHost, type TestHost } from '../e2e/start-host';
import type { Benchmark, Row } from './benchmark';
import { EngineProcess, generateLoad } from './engine-process';
import { quantile } from './quantile';

const RATE = 20_000;
const PROBES = 40;
const SECONDS = 22;
/** Between two probes; the random part keeps them out of step with the commits. */
const PAUSE_MS = 200;
const POLL_MS = 5;
const LATE_MS = 10_000;
const EXECUTABLES = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];

/** With 20,000 spans a second arriving: from accepted to answered by the API, and from sent to visible in the panel. */
export const benchFreshness: Benchmark = async ({ programs }) => {
  const rows: Row[] = [];
  const engine = EngineProcess.start(programs.engine);
  const ports = await engine.ready();
  const send = sender(`http://127.0.0.1:${ports.otlpHttp}`);
  const load = sendLoad(programs.generateLoad, ports.otlpGrpc);
  rows.push(await probe('accepted to /api/v2/traces', () => untilAnswered(`http://127.0.0.1:${ports.tempo}`, send)));
  rows[0]!['spans/s'] = await load;
  await engine.stop();

  const host = await startHost();
  const executablePath = process.env.CHROMIUM_PATH ?? EXECUTABLES.find(existsSync);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    rows.push(await probePage(host, browser, programs.generateLoad));
  } finally {
    await browser.close();
    await host.stop();
  }
  return rows;
};

async function probePage(host: TestHost, browser: Browser, loadProgram: string): Promise<Row> {
  const page = await browser.newPage({ bypassCSP: true, viewport: { width: 1440, height: 900 } });
  await page.goto(host.ui);
  await page.goto(new URL('/traces?service=probe', host.ui).href);
  const send = sender(host.otlp.http);
  const load = sendLoad(loadProgram, Number(host.otlp.grpc.split(':').at(-1)));
  const row = await probe('sent to visible in the panel', () => untilVisible(page, send));
  return { ...row, 'spans/s': await load };
}

async function sendLoad(program: string, port: number): Promise<number> {
  const load = await generateLoad(program, {
    transport: 'grpc',
    port,
    signal: 'traces',
    seconds: SECONDS,
    rate: RATE,
    inFlight: 4,
  });
  return Math.round(load.accepted / load.seconds);
}

async function probe(run: string, once: () => Promise<number>): Promise<Row> {
  const times: number[] = [];
  await pause(PAUSE_MS * 10);
  for (let index = 0; index < PROBES; index++) {
    times.push(await once());
    await pause(PAUSE_MS + randomInt(PAUSE_MS));
  }
  const row = { run, probes: PROBES, 'p50 ms': quantile(times, 0.5), 'p95 ms': quantile(times, 0.95) };
  process.stderr.write(`${JSON.stringify(row)}\n`);
  return { ...row, 'spans/s': 0 };
}

type Send = (traceId: string, name: string) => Promise<void>;

function sender(endpoint: string): Send {
  return (traceId, name) => sendSpans(endpoint, [{ traceId, service: 'probe', name }]);
}

async function untilAnswered(tempo: string, send: Send): Promise<number> {
  const traceId = newTraceId();
  await send(traceId, 'probe');
  const accepted = performance.now();
  while (performance.now() - accepted < LATE_MS) {
    const text = await (await fetch(`${tempo}/api/v2/traces/${traceId}`)).text();
    if (text.includes('resourceSpans')) return performance.now() - accepted;
    await pause(POLL_MS);
  }
  throw new Error(`trace ${traceId} was not answered`);
}

let probes = 0;

async function untilVisible(page: Page, send: Send): Promise<number> {
  const name = `probe-${probes++}!`;
  const sent = Date.now();
  await send(newTraceId(), name);
  // Looked for in every frame, in the page; the same machine has one clock.
  const seen = await page.waitForFunction<number>(`document.body.textContent.includes('${name}') && Date.now()`, null, {
    polling: 'raf',
    timeout: LATE_MS,
  });
  const visibleAt = await seen.jsonValue();
  if (!(await page.getByText(name, { exact: true }).first().isVisible())) throw new Error(`${name} is not in sight`);
  return visibleAt - sent;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
