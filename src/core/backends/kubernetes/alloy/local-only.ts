import { reachCluster } from '../cluster/reach-cluster';
import { checkTools } from '../tools/check-tools';
import type { Failure } from '../tools/failure';
import type { Session } from '../tools/session';
import { switchAlloy } from './alloy-config';

export async function enableLocalOnly(session: Session): Promise<Failure | null> {
  return (await prepare(session)) ?? switchAlloy(session, 'local-only');
}

export async function disableLocalOnly(session: Session): Promise<Failure | null> {
  return (await prepare(session)) ?? switchAlloy(session, 'dual-write');
}

async function prepare(session: Session): Promise<Failure | null> {
  return (await checkTools(session, ['kubectl'])) ?? reachCluster(session);
}
