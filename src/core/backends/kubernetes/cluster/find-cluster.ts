import { z } from 'zod';
import type { Failure } from '../tools/failure';
import { parseJson } from '../tools/parse-json';
import type { Session } from '../tools/session';
import { cluster, ports } from './cluster';

/**
 * `absent`, or what our cluster is like: `half-made` where kubeadm never came to its end, which holds nothing, `stopped` where
 * its container is not running.
 */
export type ClusterState = 'absent' | 'half-made' | 'stopped' | 'made';

const Bindings = z.record(z.string(), z.array(z.object({ HostIp: z.string(), HostPort: z.string() })).nullable());
const Container = z.object({
  State: z.object({ Running: z.boolean() }),
  HostConfig: z.object({ PortBindings: Bindings.nullable() }),
});

/** Looks at kind's list and at the container of the node; a cluster of our name that is not ours is a failure. */
export async function findCluster({ run }: Session): Promise<ClusterState | Failure> {
  const listed = await run('kind', ['get', 'clusters']);
  if (listed.code !== 0) {
    return {
      message: 'kind could not list its clusters.',
      hint: 'Start Docker, then try again.',
      details: listed.stderr.trim(),
    };
  }
  if (!listed.stdout.split(/\s+/).includes(cluster.name)) return 'absent';
  const inspected = await run('docker', ['inspect', '--type', 'container', '--format', '{{json .}}', cluster.node]);
  const container = Container.safeParse(parseJson(inspected.stdout));
  if (!container.success) {
    return {
      message: `kind has a cluster ${cluster.name}, but no container ${cluster.node} was found.`,
      hint: `Look at it: docker ps --all --filter label=io.x-k8s.kind.cluster=${cluster.name}. If you do not need it: kind delete cluster --name ${cluster.name}`,
      details: inspected.stderr.trim(),
    };
  }
  const { State, HostConfig } = container.data;
  if (!isOurs(HostConfig.PortBindings ?? {})) {
    return {
      message: `The kind cluster ${cluster.name} is not one of Watchtower's: it does not publish ${listPorts()}.`,
      hint: `It was left alone. Where it is yours and not needed any more: kind delete cluster --name ${cluster.name}`,
    };
  }
  if (!State.Running) return 'stopped';
  // kubeadm writes it last.
  const finished = await run('docker', ['exec', cluster.node, 'test', '-f', '/etc/kubernetes/admin.conf']);
  return finished.code === 0 ? 'made' : 'half-made';
}

function isOurs(bindings: z.infer<typeof Bindings>): boolean {
  return ports.every(({ nodePort, hostPort }) =>
    bindings[`${nodePort}/tcp`]?.some(
      ({ HostIp, HostPort }) => HostIp === '127.0.0.1' && HostPort === String(hostPort),
    ),
  );
}

function listPorts(): string {
  return ports.map(({ nodePort, hostPort }) => `${nodePort} as 127.0.0.1:${hostPort}`).join(', ');
}
