import { setTimeout as pause } from 'node:timers/promises';
import type { ElectronApplication, Page } from '@playwright/test';
import { openDesktopBus } from '../e2e/desktop/desktop-bus';
import { createHome, desktopEnv, launchDesktop, launchElectron } from '../e2e/desktop/launch-desktop';
import { runCli } from '../e2e/start-host';
import type { Benchmark, Row } from './benchmark';
import { generateLoad } from './engine-process';
import { cpuSeconds, proportionalBytes } from './process-usage';
import { quantile } from './quantile';

const STARTS = 8;
const SPANS_PER_SECOND = 20_000;
const LINES_PER_SECOND = 5_000;
/** For a page to come to rest after its start. */
const REST_MS = 30_000;
/** For a load to be under way. */
const SETTLE_MS = 5_000;
const BARE = 'bench/peer/bare-electron.cjs';
const MEBIBYTE = 1024 * 1024;

/** An app in real Electron. */
interface Opened {
  app: ElectronApplication;
  page: Page;
  /** Milliseconds from the start of the process to the first click that did something. */
  interactive: number;
}

type Open = (home: string) => Promise<Opened>;

/** The desktop app beside a bare Electron window: needs Electron, a display (`xvfb-run`) and a session bus. */
export const benchDesktop: Benchmark = async ({ programs, seconds }) => {
  const bus = await openDesktopBus();
  await bus.showTray();
  const own: Open = (home) => opened(() => launchDesktop({ home, env: bus.env }), toTraces);
  const bare: Open = (home) => opened(() => launchElectron([BARE], { home, env: bus.env }), press);
  try {
    const rows = await compareStarts(own, bare);
    rows.push(...(await compareRest(own, bare, seconds)));
    rows.push(...(await measureLoad(own, bare, programs.generateLoad, seconds)));
    return rows;
  } finally {
    await bus.close();
  }
};

async function opened(launch: () => Promise<ElectronApplication>, use: (page: Page) => Promise<void>): Promise<Opened> {
  const from = performance.now();
  const app = await launch();
  const page = await app.firstWindow();
  await use(page);
  return { app, page, interactive: performance.now() - from };
}

async function press(page: Page): Promise<void> {
  await page.getByRole('button').click();
  await page.waitForFunction("document.title === 'Pressed'", null, { polling: 'raf' });
}

async function toTraces(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Traces', exact: true }).click();
  await page.getByRole('heading', { name: 'Traces', exact: true }).waitFor();
}

async function toOverview(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  await page.getByRole('heading', { name: 'Overview', exact: true }).waitFor();
}

async function withHome<Result>(use: (home: string) => Promise<Result>): Promise<Result> {
  const { home, remove } = await createHome();
  try {
    return await use(home);
  } finally {
    await remove();
  }
}

/** In turn, so that both meet the same machine; the first start of each fills its caches and does not count. */
function compareStarts(own: Open, bare: Open): Promise<Row[]> {
  return withHome((ownHome) =>
    withHome(async (bareHome) => {
      const times = { own: [] as number[], bare: [] as number[] };
      for (let start = 0; start <= STARTS; start++) {
        for (const [name, open, home] of [
          ['bare', bare, bareHome],
          ['own', own, ownHome],
        ] as const) {
          const { app, interactive } = await open(home);
          await app.close();
          if (start > 0) times[name].push(interactive);
        }
      }
      return [
        compared(
          `start to interactive, ms (median of ${STARTS})`,
          quantile(times.own, 0.5),
          quantile(times.bare, 0.5),
          '2.5 × bare',
        ),
      ];
    }),
  );
}

/** CPU and memory of a window on its first page while nothing arrives. */
async function compareRest(own: Open, bare: Open, seconds: number): Promise<Row[]> {
  const rest = (open: Open, toFirstPage?: (page: Page) => Promise<void>) =>
    withHome(async (home) => {
      const { app, page } = await open(home);
      await toFirstPage?.(page);
      await pause(REST_MS);
      const processes = await processesOf(app);
      const cores = await coresOf(processes, seconds);
      const megabytes = (kinds: readonly Kind[]) =>
        processes
          .filter(({ kind }) => kinds.includes(kind))
          .reduce((sum, { pid }) => sum + proportionalBytes(pid) / MEBIBYTE, 0);
      const result = { cores, named: megabytes(['main', 'renderer', 'engine']), all: megabytes(KINDS) };
      await app.close();
      return result;
    });
  const [bareRest, ownRest] = [await rest(bare), await rest(own, toOverview)];
  return [
    compared('idle CPU of all processes, % of a core', 100 * ownRest.cores, 100 * bareRest.cores, '1'),
    compared('memory of main, renderer and engine, MB', ownRest.named, bareRest.named, '1.5 × bare'),
    compared('memory of all processes, MB', ownRest.all, bareRest.all, ''),
  ];
}

/** The main process with 20,000 spans a second arriving, the window with 5,000 log lines a second, both followed live. */
async function measureLoad(own: Open, bare: Open, program: string, seconds: number): Promise<Row[]> {
  const bareRates = await withHome(async (home) => {
    const { app, page } = await bare(home);
    await pause(SETTLE_MS);
    const rates = { delay: await delayOf(app, seconds), frames: await framesOf(page, seconds) };
    await app.close();
    return rates;
  });
  return withHome(async (home) => {
    const { app, page } = await own(home);
    const port = await otlpPort(home);
    const under = async <Result>(signal: 'traces' | 'logs', rate: number, measure: () => Promise<Result>) => {
      const order = {
        transport: 'grpc',
        port,
        signal,
        rate,
        inFlight: 4,
        seconds: seconds + 2 * (SETTLE_MS / 1000),
      } as const;
      const load = generateLoad(program, order);
      await pause(SETTLE_MS);
      const result = await measure();
      const { accepted, seconds: took } = await load;
      process.stderr.write(`${signal}: ${Math.round(accepted / took)} accepted/s\n`);
      return result;
    };
    const delay = await under('traces', SPANS_PER_SECOND, () => delayOf(app, seconds));
    await page.getByRole('link', { name: 'Logs', exact: true }).click();
    const frames = await under('logs', LINES_PER_SECOND, () => framesOf(page, seconds));
    await app.close();
    return [
      compared('event-loop delay of main at 20,000 spans/s, ms (p99)', delay.p99, bareRates.delay.p99, '20'),
      compared('the same, longest', delay.max, bareRates.delay.max, ''),
      compared('frames/s with 5,000 log lines/s', frames.rate, bareRates.frames.rate, 'at least 55'),
      compared('longest frame of it, ms', frames.longest, bareRates.frames.longest, ''),
    ];
  });
}

function compared(figure: string, watchtower: number, bareWindow: number, bound: string): Row {
  const row = { figure, watchtower, 'bare window': bareWindow, ratio: watchtower / bareWindow, bound };
  process.stderr.write(`${JSON.stringify(row)}\n`);
  return row;
}

const KINDS = ['main', 'renderer', 'engine', 'other'] as const;
type Kind = (typeof KINDS)[number];

/** All processes of an app; `other` are Chromium's own, such as the one that paints. */
async function processesOf(app: ElectronApplication): Promise<{ pid: number; kind: Kind }[]> {
  const metrics = await app.evaluate(({ app: electron }) =>
    electron.getAppMetrics().map(({ pid, type, name }) => ({ pid, type, name })),
  );
  return metrics.map(({ pid, type, name }) => {
    if (type === 'Browser') return { pid, kind: 'main' };
    if (type === 'Tab') return { pid, kind: 'renderer' };
    return { pid, kind: name === 'Watchtower engine' ? 'engine' : 'other' };
  });
}

async function coresOf(processes: readonly { pid: number }[], seconds: number): Promise<number> {
  const spent = () => processes.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0);
  const before = spent();
  await pause(seconds * 1000);
  return (spent() - before) / seconds;
}

/** How late the event loop of the main process is, in milliseconds. */
function delayOf(app: ElectronApplication, seconds: number): Promise<{ p99: number; max: number }> {
  return app.evaluate(async (_electron, milliseconds) => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    const resolution = 1;
    const delay = monitorEventLoopDelay({ resolution });
    delay.enable();
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    delay.disable();
    return { p99: delay.percentile(99) / 1e6 - resolution, max: delay.max / 1e6 - resolution };
  }, seconds * 1000);
}

/** Frames a second of the page, and its longest one in milliseconds. As text: this program knows no DOM. */
function framesOf(page: Page, seconds: number): Promise<{ rate: number; longest: number }> {
  return page.evaluate(`new Promise((resolve) => {
    const from = performance.now();
    let frames = 0;
    let last = from;
    let longest = 0;
    const next = (now) => {
      frames++;
      longest = Math.max(longest, now - last);
      last = now;
      if (now - from < ${seconds * 1000}) requestAnimationFrame(next);
      else resolve({ rate: (1000 * frames) / (now - from), longest });
    };
    requestAnimationFrame(next);
  })`);
}

async function otlpPort(home: string): Promise<number> {
  const { stdout } = await runCli(['status', '--json'], desktopEnv(home));
  const { endpoints } = JSON.parse(stdout) as { endpoints: { otlpGrpc: string } };
  return Number(endpoints.otlpGrpc.split(':').at(-1));
}
