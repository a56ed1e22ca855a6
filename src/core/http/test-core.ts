import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnEngineFrom } from '../backends/embedded/spawn-engine';
import { type Core, createCore } from '../create-core';
import { createFileSecretStore } from '../secrets/file-secret-store';

const fakeEngine = fileURLToPath(new URL('../backends/embedded/fake-engine.mjs', import.meta.url));

export interface TestCore {
  core: Core;
  home: string;
  close(): Promise<void>;
}

/**
 * The whole host on a home of its own, with a stand-in for the engine's process unless one is given, and a panel of two files; a home
 * that is given stays when it closes. For tests.
 */
export async function openTestCore(kept?: string, engine: string = fakeEngine): Promise<TestCore> {
  const home = kept ?? (await mkdtemp(join(tmpdir(), 'wt-core-')));
  const panel = join(home, 'panel');
  await mkdir(join(panel, 'assets'), { recursive: true });
  await writeFile(join(panel, 'index.html'), '<title>the panel</title>');
  await writeFile(join(panel, 'assets', 'main-1a2b.js'), 'export {};');
  const start = await createCore({
    home,
    address: '127.0.0.1',
    port: 0,
    enginePorts: { otlpGrpc: 0, otlpHttp: 0, tempo: 0, loki: 0, prometheus: 0 },
    stackPorts: { grafana: 0, alloy: 0, faro: 0 },
    stackFolder: fileURLToPath(new URL('../../../resources/stack', import.meta.url)),
    project: 'wt-test-core',
    openSecrets: createFileSecretStore,
    kind: 'headless',
    version: '0.0.0-test',
    panel,
    spawnEngine: spawnEngineFrom(engine),
    self: { command: process.execPath, args: [] },
    log: { info() {}, warn() {}, error() {} },
    onShutdown() {},
  });
  if (start.state !== 'running') throw new Error(`The core did not start: ${JSON.stringify(start)}`);
  return {
    core: start.core,
    home,
    async close() {
      await start.core.close();
      if (kept === undefined) await rm(home, { recursive: true, force: true });
    },
  };
}
