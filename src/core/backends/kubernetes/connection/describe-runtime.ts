import type { RuntimeStatus } from '../../../../shared/contract/backend';
import { cluster, isOwn } from '../cluster/cluster';
import type { ClusterConnection } from './cluster-connection';

/** The connection to the cluster, as everybody who looks at a backend is told of what it runs on. */
export function describeRuntime({ cluster: found, missed }: ClusterConnection, context: string): RuntimeStatus {
  const reason = isOwn({ context }) ? `kind cluster ${cluster.name}` : `context ${context} of the kubeconfig`;
  if (found) return { state: 'connected', endpoint: found.api.server, reason, version: `Kubernetes ${found.version}` };
  // A start makes our cluster, starts it again and writes its credential; one that is somebody else's it leaves alone.
  const startable = isOwn({ context }) && missed?.problem.kind !== 'cluster-foreign';
  if (missed) return { ...missed, reason, ...(startable && { startable }) };
  return { state: 'looking', endpoint: '', reason };
}
