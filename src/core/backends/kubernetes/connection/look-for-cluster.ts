import { z } from 'zod';
import type { Problem } from '../../../../shared/problem';
import { type ClusterApi, ClusterFailure } from '../api/cluster-api';
import { openClusterApi } from '../api/open-cluster-api';
import { type KubeEnvironment, readContexts, readKubeconfig } from '../api/read-kubeconfig';
import { cluster } from '../cluster/cluster';
import { isThisMachine } from '../cluster/is-this-machine';
import type { FoundCluster, MissedCluster } from './finding';

export interface Look {
  /** Of the kubeconfig. */
  context: string;
  /** A cluster of kind that Watchtower made; false for a context that the user named. */
  owned: boolean;
  environment: KubeEnvironment;
}

const Version = z.object({ gitVersion: z.string() });
const Nodes = z.object({ items: z.array(z.unknown()) });

/** Whether the context leads to a cluster that answers within five seconds, and where it is to be ours, that it is. */
export async function lookForCluster(look: Look): Promise<FoundCluster | MissedCluster> {
  const { context, owned } = look;
  const opened = await open(look);
  if (!('read' in opened)) return opened;
  if (owned && !isThisMachine(opened.server)) return foreign(opened, `${context} leads to ${opened.server}`);
  try {
    const { gitVersion } = Version.parse(await opened.read('/version'));
    if (owned && !(await hasOurNode(opened))) return foreign(opened, `no node has the label ${cluster.label}`);
    return { api: opened, context, version: gitVersion };
  } catch (error) {
    return missedBy(error, opened.server, context);
  }
}

/** A request to a cluster that was there. Null when it answers. */
export async function checkCluster({ api, context }: FoundCluster, timeoutMs: number): Promise<MissedCluster | null> {
  try {
    await api.read('/version', { timeoutMs });
    return null;
  } catch (error) {
    return missedBy(error, api.server, context);
  }
}

async function open({ context, environment }: Look): Promise<ClusterApi | MissedCluster> {
  try {
    const contexts = readContexts(environment);
    if (!contexts.includes(context)) return noContext(context, contexts);
    const config = await readKubeconfig(environment);
    config.setCurrentContext(context);
    return await openClusterApi(config);
  } catch (error) {
    const problem: Problem = {
      kind: 'kubeconfig-unreadable',
      message: `The kubeconfig could not be read: ${(error as Error).message}.`,
      hint: 'Mend the file that KUBECONFIG names (by default ~/.kube/config).',
    };
    return { state: 'absent', endpoint: '', problem };
  }
}

async function hasOurNode(api: ClusterApi): Promise<boolean> {
  const nodes = await api.read(`/api/v1/nodes?limit=1&labelSelector=${encodeURIComponent(cluster.label)}`);
  return Nodes.parse(nodes).items.length > 0;
}

function noContext(context: string, contexts: readonly string[]): MissedCluster {
  const isOurs = context === cluster.context;
  const others = contexts.join(', ');
  const problem: Problem = {
    kind: 'cluster-absent',
    message: isOurs
      ? `Your kubeconfig has no context ${context}: the cluster was not made yet.`
      : `Your kubeconfig has no context ${context}.`,
    hint: isOurs
      ? 'Make it: `watchtower up`.'
      : others === ''
        ? 'It has none at all: log in to your cluster first.'
        : `It has: ${others}.`,
  };
  return { state: 'absent', endpoint: '', problem };
}

function foreign({ server }: ClusterApi, why: string): MissedCluster {
  const problem: Problem = {
    kind: 'cluster-foreign',
    message: `The cluster behind the context ${cluster.context} is not one of Watchtower's: ${why}.`,
    hint: `It was left alone. Give its context another name (kubectl config rename-context ${cluster.context} NAME), or name the context that is meant: watchtower backend kubernetes --context NAME.`,
  };
  return { state: 'refused', endpoint: server, problem };
}

function missedBy(error: unknown, endpoint: string, context: string): MissedCluster {
  if (!(error instanceof ClusterFailure)) {
    const problem: Problem = {
      kind: 'cluster-refused',
      message: `What answers at ${endpoint} is no API server of Kubernetes.`,
      hint: `See where the context ${context} leads: kubectl config view.`,
    };
    return { state: 'refused', endpoint, problem };
  }
  switch (error.reason) {
    case 'silent':
      return { state: 'not-responding', endpoint, problem: silent(endpoint, context) };
    case 'unreachable':
      return { state: 'absent', endpoint, problem: unreachable(endpoint, context, error.message) };
    default:
      return { state: 'refused', endpoint, problem: refused(error, context) };
  }
}

const wayBack = (context: string) =>
  context === cluster.context
    ? 'Start Docker; `watchtower up` starts a cluster that is stopped.'
    : 'See that this machine reaches it (VPN, proxy); it is found again by itself.';

function silent(endpoint: string, context: string): Problem {
  return {
    kind: 'cluster-not-responding',
    message: `The API server of the context ${context} (${endpoint}) does not answer within 5 s.`,
    hint: wayBack(context),
  };
}

function unreachable(endpoint: string, context: string, details: string): Problem {
  return {
    kind: 'cluster-absent',
    message: `Nothing listens where the context ${context} leads, at ${endpoint}.`,
    hint: wayBack(context),
    details,
  };
}

function refused({ reason, message: details }: ClusterFailure, context: string): Problem {
  if (reason === 'credential') {
    return {
      kind: 'cluster-credential',
      message: `The cluster refuses the credential of the context ${context}: it expired, or belongs to an earlier cluster of that name.`,
      hint:
        context === cluster.context
          ? '`watchtower up` writes it anew.'
          : 'Log in to the cluster again; Watchtower goes on by itself.',
      details,
    };
  }
  return {
    kind: 'cluster-refused',
    message: `The cluster of the context ${context} refuses what Watchtower asks it.`,
    hint:
      reason === 'forbidden'
        ? 'The user of this context may not do that: name another one with more rights.'
        : 'What it says is below.',
    details,
  };
}
