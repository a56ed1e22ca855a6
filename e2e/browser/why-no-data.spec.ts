import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { connect } from 'node:tls';
import { expect, test } from '@playwright/test';
import { sendSpans } from '../send-otlp';
import { runCli, startHost, type TestHost } from '../start-host';

let host: TestHost;
const children: ChildProcess[] = [];
test.beforeAll(async () => {
  host = await startHost();
});
test.afterAll(() => host.stop());
test.afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

interface Silence {
  arriving: string | null;
  causes: { id: string; sentence: string; mend: string }[];
  lookedAt: string[];
}

async function why(...args: string[]): Promise<Silence & { code: number | null; text: string }> {
  const { code, stdout, stderr } = await host.cli('doctor', '--why-no-data', '--json', ...args);
  if (!stdout) throw new Error(stderr);
  return { code, text: stdout, ...(JSON.parse(stdout) as Silence) };
}

/** A real program that waits, with these variables. */
async function start(service: string, variables: Record<string, string>): Promise<number> {
  const wait = 'process.stdout.write("up"); setInterval(() => {}, 1e6)';
  const env = { PATH: process.env.PATH, OTEL_SERVICE_NAME: service, ...variables };
  const child = spawn(process.execPath, ['-e', wait, '--', 'opentelemetry'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await once(child.stdout, 'data');
  return child.pid!;
}

const cases: [string, (http: string) => Record<string, string>, string][] = [
  ['switched-off', () => ({ OTEL_SDK_DISABLED: 'true' }), 'unset OTEL_SDK_DISABLED'],
  ['exporter-not-otlp', () => ({ OTEL_TRACES_EXPORTER: 'none' }), 'export OTEL_TRACES_EXPORTER=otlp'],
  ['sampler-off', () => ({ OTEL_TRACES_SAMPLER: 'always_off' }), 'export OTEL_TRACES_SAMPLER=always_on'],
  [
    'path-twice',
    (http) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: `${http}/v1/traces` }),
    'export OTEL_EXPORTER_OTLP_ENDPOINT=',
  ],
  ['https', (http) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: http.replace('http', 'https') }), 'ENDPOINT=http://'],
  ['no-url', (http) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: http.replace('http://', '') }), 'ENDPOINT=http://'],
  [
    'protocol-unknown',
    (http) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: http, OTEL_EXPORTER_OTLP_PROTOCOL: 'http' }),
    'http/protobuf',
  ],
  ['other-machine', () => ({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel.example.com:4318' }), 'ENDPOINT=http://'],
  [
    'proxy',
    (http) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: http, HTTP_PROXY: 'http://me:hunter2@proxy.example.com:1' }),
    'NO_PROXY=localhost,127.0.0.1',
  ],
];
for (const [id, variables, mend] of cases) {
  test(`a running program's ${id} is found in its own environment`, async () => {
    test.skip(process.platform !== 'linux', 'other systems do not let it be read');
    const pid = await start(`app-${id}`, variables(host.otlp.http));
    const { causes, lookedAt, text, code } = await why('--processes', '--service', `app-${id}`);
    expect(lookedAt).toEqual([`process ${pid} (node)`]);
    expect(causes[0]).toMatchObject({ id, mend: expect.stringContaining(mend) });
    expect(causes[0]!.sentence).toContain(`process ${pid} (node)`);
    expect(text).not.toContain('hunter2');
    expect(code).toBe(1);
  });
}

test('a port of another program is told with its name, a closed one as closed', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const command = ['--', 'env', `OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:${port}`, './app'];
  const held = await why(...command);
  expect(held.causes[0]).toMatchObject({
    id: 'port-of-another',
    mend: `export OTEL_EXPORTER_OTLP_ENDPOINT=${host.otlp.http}`,
  });
  other.close();
  await once(other, 'close');
  expect((await why(...command)).causes[0]).toMatchObject({ id: 'port-closed' });
});

test('a command that nothing instruments, and one in a container, are told before they run', async () => {
  const at = `OTEL_EXPORTER_OTLP_ENDPOINT=${host.otlp.http}`;
  expect((await why('--', 'env', at, 'node', 'app.js')).causes).toMatchObject([{ id: 'not-instrumented' }]);
  expect((await why('--', 'env', at, 'docker', 'run', 'app')).causes).toMatchObject([{ id: 'container-environment' }]);
  expect((await why('--', 'env', at, './app')).causes).toEqual([]);
});

test('what was refused at the ports is told with what to do: TLS, a wrong path', async () => {
  const { port } = new URL(host.otlp.http);
  const tls = connect({ host: '127.0.0.1', port: Number(port), rejectUnauthorized: false });
  const closed = new Promise((resolve) => tls.on('close', resolve));
  // It is no TLS that answers.
  tls.on('error', () => {});
  await closed;
  await fetch(`${host.otlp.http}/v1/traces/v1/traces`, { method: 'POST', body: '{}' });
  // The engine tells what it refused once a second.
  await expect
    .poll(async () => (await why()).causes.map(({ id, sentence }) => `${id} ${sentence}`).join('\n'))
    .toMatch(/refused .*TLS/s);
  const { causes } = await why();
  expect(causes.map(({ sentence }) => sentence).join('\n')).toContain('/v1/traces/v1/traces is not an OTLP path');
  expect(causes[0]!.mend).toContain(host.otlp.http);
});

test('without a host it is said that none runs', async () => {
  const env = { ...process.env, WATCHTOWER_HOME: `${host.home}-of-nobody`, WATCHTOWER_TEST: '1', NO_COLOR: '1' };
  const { code, stdout } = await runCli(['doctor', '--why-no-data'], env);
  expect(code).toBe(1);
  expect(stdout).toContain('Watchtower does not run');
  expect(stdout).toContain('watchtower serve');
});

test('where data arrives it is said so, and another name of the service is found', async () => {
  await sendSpans(host.otlp.http, [{ service: 'unknown_service:node', name: 'x' }]);
  await expect.poll(async () => (await why()).arriving).toMatch(/^Data arrives: .*unknown_service:node/);
  const { causes, code } = await why('--service', 'shop');
  expect(causes.find(({ id }) => id === 'other-name')!.mend).toBe('export OTEL_SERVICE_NAME=shop');
  expect(code).toBe(1);
});
