import { cluster } from '../cluster/cluster';
import { findCluster } from '../cluster/find-cluster';
import { checkTools } from '../tools/check-tools';
import type { Failure } from '../tools/failure';
import type { Session } from '../tools/session';

/** Deletes our cluster with all it holds, after asking; one of the same name that is not ours is left alone. */
export async function teardown(session: Session): Promise<Failure | null> {
  const missing = await checkTools(session, ['docker', 'kind']);
  if (missing) return missing;
  const state = await findCluster(session);
  if (typeof state === 'object') return state;
  if (state === 'absent') {
    session.say(`There is no kind cluster ${cluster.name}`);
    return null;
  }
  session.say(`This deletes the kind cluster ${cluster.name} and all telemetry, dashboards and secrets in it.`);
  session.say('The Docker stack and what Watchtower itself keeps stay as they are.');
  if (!(await session.ask(`Delete the cluster ${cluster.name}?`))) {
    return { message: 'Nothing was deleted.', hint: 'Say so with: make teardown YES=1' };
  }
  const { code } = await session.run('kind', ['delete', 'cluster', '--name', cluster.name], { show: true });
  if (code === 0) return null;
  return {
    message: `kind could not delete the cluster ${cluster.name}.`,
    hint: `Its lines above say why. By hand: docker rm --force --volumes ${cluster.node}`,
  };
}
