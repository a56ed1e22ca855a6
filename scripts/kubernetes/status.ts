import { kubectlTarget, ports } from '../../src/core/backends/kubernetes/cluster/cluster';
import { reachCluster } from '../../src/core/backends/kubernetes/cluster/reach-cluster';
import { describeTroubles } from '../../src/core/backends/kubernetes/pods/describe-troubles';
import { checkTools } from '../../src/core/backends/kubernetes/tools/check-tools';
import { type Failure, isFailure } from '../../src/core/backends/kubernetes/tools/failure';
import type { Session } from '../../src/core/backends/kubernetes/tools/session';

/** Pods and services as kubectl shows them, what is wrong with a pod, and the addresses. */
export async function status(session: Session): Promise<Failure | null> {
  const unready = (await checkTools(session, ['kubectl'])) ?? (await reachCluster(session));
  if (unready) return unready;
  const shown = await session.run('kubectl', [...kubectlTarget(session), 'get', 'pods,services'], { show: true });
  if (shown.code !== 0) return { message: 'kubectl could not show the pods.', hint: 'Its line above says why.' };
  session.say('');
  for (const { name, hostPort } of ports) session.say(`${name.padEnd(9)} localhost:${hostPort}`);
  const troubles = await describeTroubles(session);
  if (isFailure(troubles)) return troubles;
  if (troubles.length === 0) return null;
  return {
    message: `${troubles.length === 1 ? 'A pod is' : `${troubles.length} pods are`} in trouble.`,
    hint: 'Each with what to do, below.',
    details: troubles.join('\n'),
  };
}
