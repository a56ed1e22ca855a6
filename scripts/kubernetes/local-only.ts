import { switchAlloy } from './alloy-config';
import { checkTools } from './check-tools';
import type { Failure } from './failure';
import { reachCluster } from './reach-cluster';
import type { Session } from './session';

export async function enableLocalOnly(session: Session): Promise<Failure | null> {
  return (await prepare(session)) ?? switchAlloy(session, 'local-only');
}

export async function disableLocalOnly(session: Session): Promise<Failure | null> {
  return (await prepare(session)) ?? switchAlloy(session, 'dual-write');
}

async function prepare(session: Session): Promise<Failure | null> {
  return (await checkTools(session, ['kubectl'])) ?? reachCluster(session);
}
