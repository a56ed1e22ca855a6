import { checkTools } from './check-tools';
import { kubectlTarget, ports } from './cluster';
import { describeTroubles } from './describe-troubles';
import { type Failure, isFailure } from './failure';
import { reachCluster } from './reach-cluster';
import type { Session } from './session';

/** Pods and services as kubectl shows them, what is wrong with a pod, and the addresses. */
export async function status(session: Session): Promise<Failure | null> {
  const unready = (await checkTools(session, ['kubectl'])) ?? (await reachCluster(session));
  if (unready) return unready;
  const shown = await session.run('kubectl', [...kubectlTarget, 'get', 'pods,services'], { show: true });
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
