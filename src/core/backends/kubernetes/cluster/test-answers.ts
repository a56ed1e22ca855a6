import { cluster, ports } from './cluster';

/** What kubectl answers for a kubeconfig whose contexts lead to these servers. */
export function kubeconfig(servers: Record<string, string>, current = Object.keys(servers)[0] ?? ''): string {
  return JSON.stringify({
    kind: 'Config',
    'current-context': current,
    contexts: Object.keys(servers).map((name) => ({ name, context: { cluster: name, user: name } })),
    clusters: Object.entries(servers).map(([name, server]) => ({ name, cluster: { server } })),
  });
}

export const ourServer = 'https://127.0.0.1:40123';

/** `docker inspect` of a node that publishes these ports on the loopback address. */
export function node(published: Record<number, number>, isRunning = true): string {
  return JSON.stringify({
    State: { Running: isRunning },
    HostConfig: {
      PortBindings: Object.fromEntries(
        Object.entries(published).map(([inside, outside]) => [
          `${inside}/tcp`,
          [{ HostIp: '127.0.0.1', HostPort: String(outside) }],
        ]),
      ),
    },
  });
}

export const ourPorts = Object.fromEntries(ports.map(({ nodePort, hostPort }) => [nodePort, hostPort]));

const nodes = 'kubectl --context kind-watchtower --request-timeout=5s get nodes *';
const inspect = 'docker inspect *';

/** A cluster of ours that answers. */
export const reachable = {
  'kubectl config view *': { stdout: kubeconfig({ [cluster.context]: ourServer }) },
  [nodes]: { stdout: 'node/watchtower-control-plane\n' },
};

/** The same as kind and Docker see it. */
export const made = {
  ...reachable,
  'kind get clusters': { stdout: 'watchtower\n' },
  [inspect]: { stdout: node(ourPorts) },
  'helm repo list *': {
    stdout: JSON.stringify([
      { name: 'watchtower-grafana', url: 'https://grafana.github.io/helm-charts' },
      { name: 'watchtower-grafana-community', url: 'https://grafana-community.github.io/helm-charts' },
    ]),
  },
};

export const engine = (memoryGib: number) => ({
  'docker info *': { stdout: JSON.stringify({ MemTotal: memoryGib * 1024 ** 3, DockerRootDir: '/var/lib/docker' }) },
});

/** No cluster yet: kind has none, and the context comes with it. */
export const absent = {
  ...engine(8),
  'kind get clusters': { stderr: 'No kind clusters found.\n' },
  'kubectl config view *': [
    { stdout: kubeconfig({ production: 'https://10.0.0.1:6443' }) },
    { stdout: kubeconfig({ [cluster.context]: ourServer, production: 'https://10.0.0.1:6443' }) },
  ],
  [nodes]: { stdout: 'node/watchtower-control-plane\n' },
};
