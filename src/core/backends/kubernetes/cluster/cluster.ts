import { join } from 'node:path';
import type { Session } from '../tools/session';

export const cluster = {
  name: 'watchtower',
  /** As kind names it in the kubeconfig. */
  context: 'kind-watchtower',
  /** kind's container of the one node. */
  node: 'watchtower-control-plane',
  namespace: 'watchtower',
  /** Of the node, by kind/cluster-config.yaml. */
  label: 'watchtower.dev/cluster=watchtower',
} as const;

/** Published on 127.0.0.1, by kind/cluster-config.yaml. */
export const ports = [
  { name: 'Grafana', nodePort: 30300, hostPort: 13000 },
  { name: 'OTLP gRPC', nodePort: 30317, hostPort: 14317 },
  { name: 'OTLP HTTP', nodePort: 30318, hostPort: 14318 },
] as const;

/** What is shipped for a cluster, below the folder of the stack. */
export function pathsIn(stackFolder: string) {
  return {
    clusterConfig: join(stackFolder, 'kind/cluster-config.yaml'),
    dashboards: join(stackFolder, 'grafana/dashboards'),
    alloy: join(stackFolder, 'alloy/kubernetes'),
    helm: join(stackFolder, 'helm'),
    rendered: join(stackFolder, 'helm/rendered'),
  } as const;
}

type Target = Pick<Session, 'context'>;

/** A kind cluster of our own, and not a context that the user named. */
export function isOwn({ context }: Target): boolean {
  return context === cluster.context;
}

/** What kubectl is told in each call: never the context that happens to be current. */
export function kubectlTarget({ context }: Target): string[] {
  return ['--context', context, '--namespace', cluster.namespace];
}

export function helmTarget({ context }: Target): string[] {
  return ['--kube-context', context, '--namespace', cluster.namespace];
}

/** Of the pinned node image: what the charts are rendered for. */
export const kubernetesVersion = '1.37.0';
