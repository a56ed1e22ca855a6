import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { Tiktoken } from 'js-tiktoken/lite';
import o200k from 'js-tiktoken/ranks/o200k_base';
import type { RunReport } from '../../src/shared/contract/runs';
import { runCli, startHost, type TestHost } from '../start-host';

const execute = promisify(execFile);
const folder = resolve('node_modules/.cache/faulty-shop');
const python = join(folder, 'venv/bin/python');
/** What the shop itself needs: nothing of OpenTelemetry. */
const packages = ['flask==3.1.3', 'requests==2.34.2', 'sqlalchemy<2.1'];
const installMs = 300_000;
const equalRuns = 6;
const mostTokens = 1_500;

/** What the difference from the good version must say. */
const faults: Record<string, RegExp> = {
  'lost-index': /^! SELECT name FROM items .*: .* → .* \(\+/m,
  'n-plus-one': /n-plus-one-queries.*SELECT name FROM products WHERE id = \?/,
  'retry-storm': /retry-storm.*was repeated 4 times after it had failed/,
  'swallowed-exception': /SELECT rebate FROM rebates.*the error was handled in .*no such table: rebates/,
  'sequential-fan-out': /sequential-fan-out.*waits for \d calls one after the other/,
  'missing-await': /unawaited-work.*goes on for .* after GET \/orders/,
  'new-error': /^! GET \/orders.*8 of 24 failed.*IndexError: list index out of range/m,
  'leaked-connection': /^! shop db_client_connections_usage: \d → 2\d/m,
  'log-flood': /chatty-logs.*looking at product <\*> of order <\*>/,
  'query-count': /^! .*2(\.\d+)? → 3(\.\d+)? queries a request; \+1 of SELECT count\(\*\) FROM orders/m,
  'slow-dependency': /^! GET \/stock\/<warehouse> .*1\d(\.\d)? ms → 6\d(\.\d)? ms/m,
  'lost-propagation': /stock GET \/stock\/<warehouse> begins traces of its own.*the context is lost/,
};

const tokenizer = new Tiktoken(o200k);
const table: string[] = [];
let host: TestHost;
let good: RunReport | undefined;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.setTimeout(installMs);
  await mkdir(folder, { recursive: true });
  if (!existsSync(python)) await execute('python3', ['-m', 'venv', join(folder, 'venv')]);
  await execute(python, ['-m', 'pip', 'install', '--quiet', ...packages], { timeout: installMs });
  await cp('e2e/runs/shop', folder, { recursive: true });
  host = await startHost();
  // The first of all puts the instrumentation into the home, and Python's own files into the system's cache.
  await run();
  good = await run();
});
test.afterAll(async () => {
  await host.stop();
  console.log(`\nFault, tokens of the difference, its first line:\n\n${table.join('\n')}\n`);
});

test('runs of one program differ in nothing', async () => {
  test.setTimeout(installMs);
  for (let pair = 0; pair < equalRuns; pair++) {
    const { diff } = await run();
    expect(diff?.changes.map(({ sentence }) => sentence)).toEqual([]);
    expect(diff?.verdict).toBe('same');
  }
});

for (const [fault, named] of Object.entries(faults)) {
  test(`the difference names a ${fault.replaceAll('-', ' ')}`, async () => {
    const bad = await run(fault);
    const { stdout, code } = await host.cli('diff', good!.run.id, bad.run.id);
    const tokens = tokenizer.encode(stdout).length;
    table.push(
      `${fault.padEnd(20)} ${String(tokens).padStart(5)}  ${stdout.split('\n').find((line) => line.startsWith('!'))}`,
    );
    expect(stdout).toMatch(named);
    expect(tokens).toBeLessThanOrEqual(mostTokens);
    expect(code).toBe(1);
  });
}

async function run(fault = ''): Promise<RunReport> {
  const compare = good ? ['--compare', good.run.id] : [];
  const args = ['run', '--name', 'shop', '--json', ...compare, '--', python, join(folder, 'shop.py')];
  const { stdout, stderr, code } = await runCli(args, { ...environment(), FAULT: fault });
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as RunReport;
}

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, WATCHTOWER_HOME: host.home, NO_COLOR: '1' };
}
