import { TestApiServer } from './api/test-api-server';
import { charts } from './charts/charts';

export const core = '/api/v1/namespaces/watchtower';
export const apps = '/apis/apps/v1/namespaces/watchtower';

/** An API server with our node and, where `deployed`, the workloads of the stack, each with one pod. */
export async function openTestCluster(deployed: boolean): Promise<TestApiServer> {
  const server = new TestApiServer();
  await server.open();
  server.put('/api/v1/nodes', {
    metadata: { name: 'watchtower-control-plane', labels: { 'watchtower.dev/cluster': 'watchtower' } },
  });
  for (const list of ['pods', 'services', 'events', 'configmaps', 'secrets']) server.makeList(`${core}/${list}`);
  for (const list of ['deployments', 'statefulsets', 'daemonsets']) server.makeList(`${apps}/${list}`);
  if (deployed) for (const { workloads } of charts) for (const each of workloads) putWorkload(server, each, 1);
  return server;
}

/** `deployment/alloy`, with what its controller has seen, and whether its pod is ready. */
export function putWorkload(server: TestApiServer, workload: string, generation: number, isReady = true): void {
  const [kind, name] = workload.split('/') as [string, string];
  const labels = { app: name };
  const containers = [{ name, image: `grafana/${name}:1` }];
  const count = isReady ? 1 : 0;
  server.put(`${apps}/${kind}s`, {
    metadata: { name, generation },
    spec: { replicas: 1, selector: { matchLabels: labels }, template: { spec: { containers } } },
    status: { observedGeneration: generation, readyReplicas: count, updatedReplicas: count },
  });
  const conditions = [{ type: 'Ready', status: isReady ? 'True' : 'False' }];
  server.put(`${core}/pods`, {
    metadata: { name: `${name}-0`, labels },
    spec: { containers },
    status: { phase: 'Running', conditions, containerStatuses: [{ name, restartCount: 0 }] },
  });
}
