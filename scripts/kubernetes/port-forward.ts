import { kubectlTarget } from '../../src/core/backends/kubernetes/cluster/cluster';
import { reachCluster } from '../../src/core/backends/kubernetes/cluster/reach-cluster';
import { checkTools } from '../../src/core/backends/kubernetes/tools/check-tools';
import type { Failure } from '../../src/core/backends/kubernetes/tools/failure';
import type { Session } from '../../src/core/backends/kubernetes/tools/session';

const loopback = '127.0.0.1';

/** Beside the ports of the mappings those of the query APIs, which are published nowhere else. */
const wanted = [
  { name: 'Grafana', service: 'grafana', port: 80, hostPort: 13000 },
  { name: 'OTLP gRPC', service: 'alloy', port: 4317, hostPort: 14317 },
  { name: 'OTLP HTTP', service: 'alloy', port: 4318, hostPort: 14318 },
  { name: 'Tempo', service: 'tempo', port: 3200, hostPort: 13200 },
  { name: 'Loki', service: 'loki', port: 3100, hostPort: 13100 },
  { name: 'Mimir', service: 'mimir-gateway', port: 80, hostPort: 19090 },
] as const;

const pauseMs = 2_000;

/**
 * Forwards until it is stopped; one that ends (a pod was replaced) is begun again. Where kind's own mapping holds a port, the
 * forwarding takes another one and says which.
 */
export async function portForward(session: Session): Promise<Failure | null> {
  const unready = (await checkTools(session, ['kubectl'])) ?? (await reachCluster(session));
  if (unready) return unready;
  const { machine } = session;
  const chosen = await Promise.all(
    wanted.map(async (each) => ({
      ...each,
      local: (await machine.isPortFree(each.hostPort)) ? each.hostPort : await machine.freePort(),
    })),
  );
  for (const { name, local, hostPort } of chosen) {
    session.say(`${name.padEnd(9)} ${loopback}:${local}${local === hostPort ? '' : `   (${hostPort} is taken)`}`);
  }
  session.say('Until Ctrl+C');
  await Promise.all(chosen.map((each) => keepForwarding(session, each)));
  return null;
}

async function keepForwarding(
  session: Session,
  { name, service, port, local }: { name: string; service: string; port: number; local: number },
): Promise<void> {
  const args = ['port-forward', `--address=${loopback}`, `service/${service}`, `${local}:${port}`];
  while (!session.signal.aborted) {
    const { stderr } = await session.run('kubectl', [...kubectlTarget, ...args], { signal: session.signal });
    if (session.signal.aborted) return;
    session.say(`${name}: ${stderr.trim().split('\n').at(-1) || 'the forwarding ended'}; again in ${pauseMs / 1000} s`);
    await session.wait(pauseMs);
  }
}
