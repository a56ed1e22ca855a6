import { kubectlTarget } from '../../src/core/backends/kubernetes/cluster/cluster';
import { reachCluster } from '../../src/core/backends/kubernetes/cluster/reach-cluster';
import { type ReachedService, reachedServices } from '../../src/core/backends/kubernetes/cluster/reached-services';
import { checkTools } from '../../src/core/backends/kubernetes/tools/check-tools';
import type { Failure } from '../../src/core/backends/kubernetes/tools/failure';
import type { Session } from '../../src/core/backends/kubernetes/tools/session';

const loopback = '127.0.0.1';

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
    Object.values(reachedServices).map(async (each) => ({
      ...each,
      local: (await machine.isPortFree(each.hostPort)) ? each.hostPort : await machine.freePort(),
    })),
  );
  for (const { title, local, hostPort } of chosen) {
    session.say(`${title.padEnd(9)} ${loopback}:${local}${local === hostPort ? '' : `   (${hostPort} is taken)`}`);
  }
  session.say('Until Ctrl+C');
  await Promise.all(chosen.map((each) => keepForwarding(session, each)));
  return null;
}

async function keepForwarding(
  session: Session,
  { title, service, port, local }: ReachedService & { local: number },
): Promise<void> {
  const args = ['port-forward', `--address=${loopback}`, `service/${service}`, `${local}:${port}`];
  while (!session.signal.aborted) {
    const { stderr } = await session.run('kubectl', [...kubectlTarget(session), ...args], { signal: session.signal });
    if (session.signal.aborted) return;
    session.say(
      `${title}: ${stderr.trim().split('\n').at(-1) || 'the forwarding ended'}; again in ${pauseMs / 1000} s`,
    );
    await session.wait(pauseMs);
  }
}
