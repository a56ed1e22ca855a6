import { execFile, spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import type { RunReport } from '../../src/shared/contract/runs';
import { startHost, type TestHost } from '../start-host';
import { reportOf } from '../start-run';
import { runApp } from './run-app';

/** Small applications of each runtime, without a word of OpenTelemetry: `run` alone makes their spans, lines and metrics appear. */
const execute = promisify(execFile);
/** Not below a `node_modules`: Node.js strips no types there. */
let folder: string;
const installMs = 300_000;

let host: TestHost;
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wt-run-apps-'));
  await cp('e2e/runs/apps', folder, { recursive: true });
  // By its name it is an ES module.
  await cp('e2e/runs/apps/node/app.ts', join(folder, 'node/app.mts'));
  host = await startHost();
});
test.afterAll(async () => {
  await host.stop();
  await rm(folder, { recursive: true, force: true });
});

test.describe('Node.js', () => {
  const place = () => join(folder, 'node');
  const newer = 'node_modules/node/bin/node';
  const tsx = 'node_modules/.bin/tsx';
  test.beforeAll(async () => {
    test.setTimeout(installMs);
    await execute('npm', ['install', '--no-audit', '--no-fund'], { cwd: place(), timeout: installMs });
  });

  const programs = [
    { title: 'CommonJS', command: [process.execPath, 'app.cjs'], sqlite: false },
    { title: 'ES modules', command: [process.execPath, 'app.mjs'], sqlite: false },
    { title: 'TypeScript through tsx as CommonJS', command: [tsx, 'app.ts'], sqlite: false },
    { title: 'TypeScript through tsx as ES modules', command: [tsx, 'app.mts'], sqlite: false },
    { title: 'CommonJS with SQLite', command: [newer, 'app.cjs'], sqlite: true },
    { title: 'ES modules with SQLite', command: [newer, 'app.mjs'], sqlite: true },
    { title: 'TypeScript by Node.js itself', command: [newer, 'app.ts'], sqlite: false },
  ];
  for (const { title, command, sqlite } of programs)
    test(`of Express and pino in ${title}`, async () => {
      const { summary } = await runApp(host, { name: title.replaceAll(' ', '-'), command, folder: place() });
      expectOrders(summary, { service: 'corner-shop', name: 'GET /orders/:id' });
      expectOneLineOf(summary, 'order <*> shown', 3);
      if (sqlite)
        expect(summary.telemetry.shapes).toContainEqual(
          expect.objectContaining({ name: 'SELECT customer FROM orders WHERE id = ?', query: true, count: 4 }),
        );
    });
});

test.describe('Deno', () => {
  const place = () => join(folder, 'deno');
  test.beforeAll(async () => {
    test.setTimeout(installMs);
    await execute('npm', ['install', '--no-audit', '--no-fund'], { cwd: place(), timeout: installMs });
  });

  test('of its own server, that may look at no environment', async () => {
    const command = ['node_modules/.bin/deno', 'run', '--allow-net', 'app.mjs'];
    const { summary } = await runApp(host, { name: 'deno', command, folder: place() });
    const { shapes, metrics } = summary.telemetry;
    expect(shapes).toContainEqual(expect.objectContaining({ service: 'deno', kind: 'server', count: 4, errors: 1 }));
    expectOneLineOf(summary, 'order <*> shown', 3);
    expect(metrics.map(({ name }) => name)).toContain('http_server_request_duration_seconds');
  });
});

test.describe('Java', () => {
  test.skip(!isThere('java', '-version'), 'java is not installed');

  test('of the HTTP server and client of the JDK, in one source file', async () => {
    test.setTimeout(installMs);
    const { summary } = await runApp(host, {
      name: 'java',
      command: ['java', 'Shop.java'],
      folder: join(folder, 'java'),
    });
    const { shapes } = summary.telemetry;
    const orders = shapes.filter(({ kind, name }) => kind === 'server' && name.includes('/orders'));
    expect(orders.reduce((sum, { count }) => sum + count, 0)).toBe(4);
    expect(orders.reduce((sum, { errors }) => sum + errors, 0)).toBe(1);
    expect(shapes).toContainEqual(expect.objectContaining({ kind: 'client', errors: 0 }));
    expectOneLineOf(summary, 'order <*> shown', 3);
    // Those of the machine itself, such as its memory, are begun later than a short program ends.
    expect(summary.telemetry.metrics.map(({ name }) => name)).toContain('http_server_request_duration_seconds');
  });
});

test.describe('Go', () => {
  test.skip(!isThere('go', 'version') || !isThere('otelc', 'version'), 'go or otelc is not installed');
  const place = () => join(folder, 'go');

  test('of its own server and client, built by otelc, once its setup was run', async () => {
    test.setTimeout(installMs);
    const run = () => reportOf({ home: host.home, folder: place() }, ['--name', 'go', '--', 'go', 'run', '.']);
    const before = await run();
    expect(before.code, before.stderr).toBe(0);
    expect(before.stderr).toContain('`otelc setup` was not run in this module');
    expect(before.summary.telemetry.spans).toBe(0);
    await execute('otelc', ['setup'], { cwd: place(), timeout: installMs });
    const { code, stderr, summary } = await run();
    expect(code, stderr).toBe(0);
    const { shapes, metrics } = summary.telemetry;
    const counts = shapes.map(({ service, kind, count, errors }) => [service, kind, count, errors]);
    expect(counts.toSorted()).toEqual([
      ['go', 'client', 4, 1],
      ['go', 'server', 4, 1],
    ]);
    expectOneLineOf(summary, '<*>/<*>/<*> <*> INFO order <*> shown', 3);
    expect(metrics.filter(({ service }) => service === 'go')).not.toEqual([]);
  });
});

const withoutLoader = [
  { title: 'Ruby', command: ['ruby', 'shop.rb'], hint: 'gem opentelemetry-auto-instrumentation' },
  { title: 'PHP', command: ['php', 'shop.php'], hint: 'extension `opentelemetry`' },
];
for (const { title, command, hint } of withoutLoader) {
  const [name] = command as [string, string];
  test.describe(title, () => {
    test.skip(!isThere(name, '--version'), `${name} is not installed`);

    test('without its instrumentation is told how to have it, and its lines are kept', async () => {
      const { code, stderr, summary } = await reportOf({ home: host.home, folder: join(folder, name) }, [
        '--',
        ...command,
      ]);
      expect(code, stderr).toBe(0);
      expect(stderr).toContain(hint);
      expectOneLineOf(summary, 'order <*> shown', 3);
      const { spans, templates } = summary.telemetry;
      expect(spans).toBe(0);
      expect(templates.map(({ level, example }) => [level, example])).toEqual(
        expect.arrayContaining([
          ['error', 'ERROR the order has no customer'],
          ['unknown', 'told where'],
        ]),
      );
    });
  });
}

test.describe('Python', () => {
  test.skip(!isThere('python3', '-m', 'venv', '--help'), 'python3 with venv is not installed');
  const place = () => join(folder, 'fastapi');
  const python = 'venv/bin/python';
  test.beforeAll(async () => {
    test.setTimeout(installMs);
    await execute('python3', ['-m', 'venv', 'venv'], { cwd: place() });
    const packages = ['fastapi==0.121.0', 'uvicorn==0.38.0'];
    await execute(python, ['-m', 'pip', 'install', '--quiet', ...packages], { cwd: place(), timeout: installMs });
  });

  test('of FastAPI, uvicorn and SQLite', async () => {
    test.setTimeout(installMs);
    const { summary } = await runApp(host, { name: 'fastapi', command: [python, 'shop.py'], folder: place() });
    expectOrders(summary, { service: 'shop', name: 'GET /orders/{id}' });
    expectOneLineOf(summary, 'order <*> shown', 3);
    // Nor a word of the instrumentation's own.
    expect(summary.telemetry.templates.filter(({ template }) => /telemetry/i.test(template))).toEqual([]);
    expect(summary.telemetry.shapes).toContainEqual(
      expect.objectContaining({ name: 'SELECT customer FROM orders WHERE id = ?', query: true, count: 4 }),
    );
  });
});

/** Four requests for orders, of which one failed with its exception, and metrics. */
function expectOrders({ telemetry }: RunReport['summary'], { service, name }: { service: string; name: string }): void {
  const seen = telemetry.shapes.map((shape) => `${shape.kind} ${shape.service} ${shape.name}`).join('\n');
  expect(telemetry.shapes, seen).toContainEqual(
    expect.objectContaining({ service, kind: 'server', name, count: 4, errors: 1 }),
  );
  // How long a first request takes is the machine's.
  const found = telemetry.findings.filter(({ rule }) => rule !== 'critical-path' && rule !== 'slow-start');
  expect(found.map(({ rule, sentence }) => `${rule}: ${sentence}`)).toEqual([
    expect.stringMatching(/^failing-span: .*the order has no customer$/),
  ]);
  expect(telemetry.metrics.filter((metric) => metric.service === service)).not.toEqual([]);
  // On a busy machine a program takes its time to end behind what it exported last.
  expect(telemetry.leftOut.filter((sentence) => !sentence.startsWith('The last export came'))).toEqual([]);
}

/** Neither lost nor kept a second time from what the program printed. */
function expectOneLineOf({ telemetry: { templates } }: RunReport['summary'], text: string, count: number): void {
  const found = templates.filter(({ example }) => /order \d+ shown/.test(example));
  expect(found.map(({ template, count: lines }) => [template, lines])).toEqual([[text, count]]);
}

function isThere(...[program, ...args]: [string, ...string[]]): boolean {
  return spawnSync(program, args).status === 0;
}
