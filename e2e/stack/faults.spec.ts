import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { runCli } from '../start-host';
import { cli, docker, openStackHost, type StackHost, whyNoStack } from './stack-host';

const reason = whyNoStack();
test.skip(reason !== null, reason ?? '');
test.setTimeout(120_000);

let stack: StackHost | undefined;
let server: Server | undefined;
test.afterEach(async () => {
  server?.close();
  await stack?.dispose();
  stack = undefined;
});

async function listenAt(path: string): Promise<void> {
  server = createServer(() => {});
  server.listen(path);
  await once(server, 'listening');
}

/** What the command said when it failed. */
async function complaint(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(args, stack!.env);
  expect(code).not.toBe(0);
  return stdout + stderr;
}

test('without an engine the user is told within two seconds, and the embedded engine goes on', async () => {
  const socket = join(tmpdir(), `wt-no-engine-${process.pid}.sock`);
  stack = await openStackHost({ DOCKER_HOST: `unix://${socket}` });
  const from = Date.now();
  const said = await complaint('backend', 'docker');
  expect(Date.now() - from).toBeLessThan(4_000);
  expect(said).toContain('DOCKER_HOST');
  expect((await stack.stack()).runtime.state).toBe('absent');
  await cli(stack, 'backend', 'embedded');
  expect((await stack.status()).state).toBe('ready');
});

test('an engine that takes connections and says nothing is called that', async () => {
  const socket = join(tmpdir(), `wt-hung-engine-${process.pid}.sock`);
  await rm(socket, { force: true });
  await listenAt(socket);
  stack = await openStackHost({ DOCKER_HOST: `unix://${socket}` });
  const from = Date.now();
  const said = await complaint('backend', 'docker');
  expect(Date.now() - from).toBeLessThan(7_000);
  expect(said).toMatch(/not respond|does not answer/i);
  expect((await stack.stack()).runtime.state).toBe('not-responding');
  server!.close();
});

test('a port that is held is named with its holder before anything is created', async () => {
  const thief = createServer();
  thief.listen(0, '127.0.0.1');
  await once(thief, 'listening');
  server = thief;
  const { port } = thief.address() as { port: number };
  stack = await openStackHost({}, ['--grafana-port', String(port)]);
  expect(await complaint('backend', 'docker')).toMatch(
    new RegExp(`Port ${port} is in use by .+ \\(pid ${process.pid}\\)`),
  );
  expect(await docker('ps', '-aq', '--filter', `label=com.docker.compose.project=${stack.project}`)).toBe('');
  thief.close();
  await cli(stack, 'up');
  expect((await stack.status()).endpoints.grafana).toBe(`http://127.0.0.1:${port}`);
});
