import type { Problem } from '../../../../shared/problem';
import type { ClusterConnection } from '../connection/cluster-connection';

export function notFound({ missed }: Pick<ClusterConnection, 'missed'>): Problem {
  return missed?.problem ?? { kind: 'cluster-absent', message: 'The cluster was not found yet.', hint: 'Try again.' };
}

export function noWorkload(name: string): Problem {
  return {
    kind: 'service-missing',
    message: `There is no pod of ${name} in the cluster.`,
    hint: 'Start the stack first.',
  };
}

/** `done`: what is never done to it from here. */
export function notOurs(context: string, done: string): Problem {
  return {
    kind: 'cluster-foreign',
    message: `The cluster of the context ${context} is not one that Watchtower made: it is never ${done} from here.`,
    hint: 'To take the stack out of it: helm uninstall alloy grafana mimir loki tempo, with its context and namespace.',
  };
}
