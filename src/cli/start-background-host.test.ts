import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { findHost } from '../core/ownership/host-file';
import { attachOrStart } from './start-background-host';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const engine = fileURLToPath(new URL('../core/backends/embedded/fake-engine.mjs', import.meta.url));
const anyPorts = ['port', 'otlp-grpc-port', 'otlp-http-port', 'tempo-port', 'loki-port', 'prometheus-port'].flatMap(
  (name) => [`--${name}`, '0'],
);
const runtime = {
  self: { command: process.execPath, args: ['--import', 'tsx', main] },
  spawnEngine: () => {
    throw new Error('the engine is the host’s');
  },
};

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'wt-background-'));
  vi.stubEnv('WATCHTOWER_HOME', home);
  vi.stubEnv('WATCHTOWER_TEST', '1');
  vi.stubEnv('WATCHTOWER_ENGINE', engine);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true, force: true });
});

it('a host in the background is attached to by its key, which stands in none of its logs', async () => {
  const { client, started } = await attachOrStart(anyPorts, runtime);
  try {
    expect(started).toBe(true);
    const { token } = (await findHost(home))!;
    const logs = join(home, 'logs');
    const texts = await Promise.all((await readdir(logs)).map((name) => readFile(join(logs, name), 'utf8')));
    expect(texts.join()).toContain('"ready":true');
    expect(texts.join()).not.toContain(token);
    expect((await attachOrStart(anyPorts, runtime)).started).toBe(false);
  } finally {
    await client.host.shutdown();
    await vi.waitFor(async () => expect(await findHost(home)).toBeNull(), 10_000);
  }
});
