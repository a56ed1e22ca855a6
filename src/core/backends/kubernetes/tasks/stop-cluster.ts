import { cluster } from '../cluster/cluster';
import { findCluster } from '../cluster/find-cluster';
import { checkTools } from '../tools/check-tools';
import type { Failure } from '../tools/failure';
import type { Session } from '../tools/session';

/** Stops our cluster; what it keeps is there at the next start. One of the same name that is not ours is left alone. */
export async function stopCluster(session: Session): Promise<Failure | null> {
  const missing = await checkTools(session, ['docker', 'kind']);
  if (missing) return missing;
  const state = await findCluster(session);
  if (typeof state === 'object') return state;
  if (state === 'absent' || state === 'stopped') return null;
  session.say(`Stopping the cluster ${cluster.name}`);
  const { code, stderr } = await session.run('docker', ['stop', cluster.node]);
  if (code === 0) return null;
  return {
    message: `The container ${cluster.node} could not be stopped.`,
    hint: 'See what Docker says, below.',
    details: stderr.trim(),
  };
}
