import { charts } from '../charts/charts';
import { isOwn } from '../cluster/cluster';
import { reachCluster } from '../cluster/reach-cluster';
import { checkTools } from '../tools/check-tools';
import type { Failure } from '../tools/failure';
import type { Session } from '../tools/session';
import { takeStep } from '../tools/take-step';
import { deploy } from './deploy';
import { setup } from './setup';

interface NamedStep {
  name: string;
  title: string;
}

/** The steps of `bringUp`, in their order. */
export function stepsOfBringUp(session: Pick<Session, 'context'>): readonly NamedStep[] {
  const before = isOwn(session)
    ? [
        { name: 'tools', title: 'docker, kind, kubectl and helm' },
        { name: 'cluster', title: 'The kind cluster watchtower' },
        { name: 'namespace', title: 'Its namespace watchtower' },
        { name: 'repositories', title: 'The repositories of the charts' },
      ]
    : [
        { name: 'tools', title: 'kubectl and helm' },
        { name: 'cluster', title: `The cluster of the context ${session.context}` },
      ];
  const deployed = charts.map(({ name, chart, version }) => ({
    name,
    title: `${name.charAt(0).toUpperCase()}${name.slice(1)} (chart ${chart} ${version})`,
  }));
  return [...before, ...deployed, { name: 'ready', title: 'All pods are ready' }];
}

/**
 * From nothing to a stack that runs: makes our cluster where it is not there, or uses the context that the user named, and
 * deploys all charts. What is done already is looked at again and left as it is, so that it goes on where it was ended.
 */
export async function bringUp(session: Session): Promise<Failure | null> {
  const prepared = isOwn(session)
    ? await setup(session)
    : ((await takeStep(session, 'tools', () => checkTools(session, ['kubectl', 'helm']))) ??
      (await takeStep(session, 'cluster', () => reachCluster(session))));
  return prepared ?? (session.signal.aborted ? null : deploy(session));
}
