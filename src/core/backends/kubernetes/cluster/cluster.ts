import { join } from 'node:path';

const root = join(import.meta.dirname, '../../../../..');

export const cluster = {
  name: 'watchtower',
  /** As kind names it in the kubeconfig: the only context that is ever touched. */
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

const stack = join(root, 'resources/stack');

export const paths = {
  clusterConfig: join(stack, 'kind/cluster-config.yaml'),
  dashboards: join(stack, 'grafana/dashboards'),
  alloy: join(stack, 'alloy/kubernetes'),
  helm: join(stack, 'helm'),
  rendered: join(stack, 'helm/rendered'),
} as const;

/** What kubectl is told in each call: never the context that happens to be current. */
export const kubectlTarget = ['--context', cluster.context, '--namespace', cluster.namespace] as const;
export const helmTarget = ['--kube-context', cluster.context, '--namespace', cluster.namespace] as const;

/** Of the pinned node image: what the charts are rendered for. */
export const kubernetesVersion = '1.37.0';
