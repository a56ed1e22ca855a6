import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnEngineFrom } from '../../src/core/backends/embedded/spawn-engine';
import { type Core, createCore } from '../../src/core/create-core';
import { createFileSecretStore } from '../../src/core/secrets/file-secret-store';

export interface AgentHost {
  readonly core: Core;
  readonly home: string;
  /** Base URL for OTLP over HTTP. */
  readonly otlpHttp: string;
  close(): Promise<void>;
}

/** A host with a real engine on a home of its own and free ports. `engine`: the built program. */
export async function openAgentHost(engine: string): Promise<AgentHost> {
  const home = await mkdtemp(join(tmpdir(), 'watchtower-agent-'));
  const start = await createCore({
    ...{ home, address: '127.0.0.1', port: 0, kind: 'headless', version: '0.0.0', project: 'watchtower-agent' },
    enginePorts: { otlpGrpc: 0, otlpHttp: 0, tempo: 0, loki: 0, prometheus: 0 },
    stackPorts: { grafana: 0, alloy: 0, faro: 0 },
    stackFolder: fileURLToPath(new URL('../../resources/stack', import.meta.url)),
    openSecrets: createFileSecretStore,
    panel: home,
    spawnEngine: spawnEngineFrom(engine),
    self: { command: process.execPath, args: [] },
    log: { info() {}, warn() {}, error() {} },
    onShutdown() {},
  });
  if (start.state !== 'running') throw new Error(`The host did not start: ${JSON.stringify(start)}`);
  const { core } = start;
  await core.engine.until(({ name }) => name === 'ready');
  const { otlpHttp } = core.status().endpoints;
  if (otlpHttp === undefined) throw new Error('The engine does not listen.');
  return {
    ...{ core, home, otlpHttp },
    async close() {
      await core.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
