import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { programPath } from '../scripts/kubernetes/test-control-plane/programs';
import { type ControlPlane, startControlPlane } from '../scripts/kubernetes/test-control-plane/start-control-plane';
import { chartFolder } from '../scripts/kubernetes/test-control-plane/test-charts';
import { node, ourPorts } from '../src/core/backends/kubernetes/cluster/test-answers';
import { startHost, type TestHost } from './start-host';

/** A control plane as kind makes one, in which an embedded engine stands in for what the pods would answer. */
export interface StandInCluster {
  plane: ControlPlane;
  /** Behind the ports of the pods: Tempo's, Loki's, Mimir's and Alloy's. */
  engine: TestHost;
  /** Of a host that is to meet this cluster and no other. */
  env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

export async function openStandInCluster(): Promise<StandInCluster> {
  const engine = await startHost();
  const gateway = await startMimirGateway(engine.prometheus);
  const port = (address: string) => Number(/:(\d+)(?:\/|$)/.exec(address)?.[1]);
  const plane = await startControlPlane({
    forwards: {
      3000: port(engine.ui),
      3100: port(engine.loki),
      3200: port(engine.tempo),
      4317: port(engine.otlp.grpc),
      4318: port(engine.otlp.http),
      8080: gateway.port,
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'watchtower-cluster-'));
  return {
    plane,
    engine,
    env: {
      PATH: [makeTools(join(folder, 'bin')), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
      HOME: folder,
      KUBECONFIG: plane.kubeconfig,
      WATCHTOWER_TEST_KUBECONFIG: plane.kubeconfig,
      WATCHTOWER_CHARTS: chartFolder(join(folder, 'charts')),
    },
    async close() {
      await plane.close();
      await gateway.close();
      await engine.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** kubectl and Helm themselves; kind and Docker say what they would of a cluster of ours that is made. */
function makeTools(bin: string): string {
  mkdirSync(bin, { recursive: true });
  for (const tool of ['kubectl', 'helm'] as const) symlinkSync(programPath(tool), join(bin, tool));
  const scripts = {
    kind: 'case "$*" in version) echo kind v0.33.0;; "get clusters") echo watchtower;; esac',
    docker: `case "$1" in --version) echo Docker version 27.5.1;; inspect) echo '${node(ourPorts)}';; esac`,
  };
  for (const [tool, script] of Object.entries(scripts)) {
    writeFileSync(join(bin, tool), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, tool), 0o755);
  }
  return bin;
}

/** Mimir has the API of Prometheus below a path. */
async function startMimirGateway(prometheus: string): Promise<{ port: number; close(): Promise<void> }> {
  const target = new URL(prometheus);
  const server = createServer((incoming, answer) => {
    const path = incoming.url?.replace(/^\/prometheus/, '') || '/';
    const { method, headers } = incoming;
    const onward = request({ host: target.hostname, port: target.port, path, method, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
