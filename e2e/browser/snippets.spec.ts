import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { startHost, type TestHost } from '../start-host';

const execute = promisify(execFile);
const installMs = 240_000;

interface Snippet {
  steps: { title: string; syntax: string; code: string; filename?: string }[];
}

let host: TestHost;

test.beforeAll(async () => {
  host = await startHost();
});
test.afterAll(() => host.stop());

/** Does what the snippet says, as it says it: files written, shell lines run one after another in one folder. */
async function follow(snippet: Snippet, folder: string, env: NodeJS.ProcessEnv, skipInstall: boolean): Promise<void> {
  for (const [index, step] of snippet.steps.entries()) {
    if (step.filename) await writeFile(join(folder, step.filename), step.code);
    else if (step.syntax === 'bash' && !(skipInstall && index === 0)) {
      await execute('bash', ['-euc', step.code], { cwd: folder, env, timeout: installMs, maxBuffer: 64 * 1024 * 1024 });
    }
  }
}

async function tracesOf(service: string): Promise<number> {
  const query = new URLSearchParams({ q: `{ resource.service.name = "${service}" }`, limit: '10' });
  const answer = await fetch(`${host.tempo}/api/search?${query}`);
  return ((await answer.json()) as { traces: unknown[] }).traces.length;
}

async function runSnippet(language: string, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  for (const protocol of ['grpc', 'http']) {
    const service = `${language}-over-${protocol}`;
    const printed = await host.cli('snippet', language, '--service', service, '--protocol', protocol, '--json');
    expect(printed.code, printed.stderr).toBe(0);
    await follow(JSON.parse(printed.stdout), folder, env, protocol === 'http');
    await expect.poll(() => tracesOf(service), { message: `traces of ${service}`, timeout: 15_000 }).toBeGreaterThan(0);
  }
}

test('the Node.js snippet, run as it is, makes a small app appear', async () => {
  test.setTimeout(installMs * 2);
  const folder = await mkdtemp(join(tmpdir(), 'watchtower-snippet-node-'));
  try {
    await runSnippet('nodejs', folder, { ...process.env, NODE_OPTIONS: '' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('the Python snippet, run as it is, makes a small app appear', async () => {
  test.setTimeout(installMs * 2);
  const folder = await mkdtemp(join(tmpdir(), 'watchtower-snippet-python-'));
  try {
    const made = await execute('python3', ['-m', 'venv', join(folder, '.venv')]).catch(() => null);
    test.skip(made === null || !existsSync(join(folder, '.venv/bin/pip')), 'Python 3 with venv is not installed');
    const env = {
      ...process.env,
      PATH: `${join(folder, '.venv/bin')}:${process.env.PATH}`,
      VIRTUAL_ENV: join(folder, '.venv'),
    };
    await runSnippet('python', folder, env);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
