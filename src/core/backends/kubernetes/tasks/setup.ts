import { ensureRepositories } from '../charts/ensure-repositories';
import { checkContext } from '../cluster/check-context';
import { checkMachine } from '../cluster/check-machine';
import { checkPorts } from '../cluster/check-ports';
import { cluster, kubernetesVersion, pathsIn } from '../cluster/cluster';
import { type ClusterState, findCluster } from '../cluster/find-cluster';
import { reachCluster } from '../cluster/reach-cluster';
import { ensureNamespace } from '../objects/ensure-namespace';
import { checkTools } from '../tools/check-tools';
import { type Failure, isFailure } from '../tools/failure';
import type { Session } from '../tools/session';
import { takeStep } from '../tools/take-step';

/** Cluster, namespace and chart repositories; goes on where an earlier run was ended. */
export async function setup(session: Session): Promise<Failure | null> {
  session.say('Looking for docker, kind, kubectl and helm');
  const last =
    (await takeStep(session, 'tools', () => checkTools(session, ['docker', 'kind', 'kubectl', 'helm']))) ??
    (await takeStep(session, 'cluster', () => ensureCluster(session))) ??
    (await takeStep(session, 'namespace', () => ensureNamespace(session))) ??
    (await takeStep(session, 'repositories', () => ensureRepositories(session)));
  if (last) return last;
  session.say(`Ready. Next: ${session.ways.deploy}`);
  return null;
}

async function ensureCluster(session: Session): Promise<Failure | null> {
  const context = await checkContext(session);
  if (isFailure(context)) return context;
  const state = await findCluster(session);
  if (isFailure(state)) return state;
  const failure = await bringUp(session, state);
  // Whatever became of it: kind may have changed the user's context before it failed.
  const restored = await restoreContext(session, context.current);
  return failure ?? restored;
}

async function bringUp(session: Session, state: ClusterState): Promise<Failure | null> {
  if (state === 'made') {
    session.say(`The cluster ${cluster.name} is there`);
    return answering(session);
  }
  if (state === 'stopped') {
    session.say(`Starting the cluster ${cluster.name}, which was stopped`);
    const started = await session.run('docker', ['start', cluster.node]);
    if (started.code === 0) return answering(session);
    return {
      message: `The container ${cluster.node} could not be started.`,
      hint: `See why: docker logs ${cluster.node}. Begin anew, without its data: ${session.ways.teardown}, ${session.ways.setup}`,
      details: started.stderr.trim(),
    };
  }
  if (state === 'half-made') {
    session.say('An earlier setup was ended before its cluster was made: it holds nothing and is made anew');
    const deleted = await session.run('kind', ['delete', 'cluster', '--name', cluster.name]);
    if (deleted.code !== 0) {
      return {
        message: 'What an earlier setup left could not be deleted.',
        hint: `Do it by hand: docker rm --force ${cluster.node}. Then run ${session.ways.setup} again.`,
        details: deleted.stderr.trim(),
      };
    }
  }
  const doubt = (await checkMachine(session)) ?? (await checkPorts(session));
  return doubt ?? create(session);
}

async function create(session: Session): Promise<Failure | null> {
  session.say(
    `Making the kind cluster ${cluster.name}, Kubernetes ${kubernetesVersion} (a few minutes, the first time)`,
  );
  const { code, stderr } = await session.run(
    'kind',
    [
      'create',
      'cluster',
      '--name',
      cluster.name,
      '--config',
      pathsIn(session.stackFolder).clusterConfig,
      '--wait',
      '5m',
    ],
    { show: true },
  );
  if (code === 0) return answering(session);
  const isOffline = /failed to pull image|no such host|dial tcp|TLS handshake|i\/o timeout/i.test(stderr);
  return {
    message: `kind could not make the cluster ${cluster.name}.`,
    hint: isOffline
      ? `The node image could not be fetched: see that Docker reaches docker.io (proxy, VPN), then run ${session.ways.setup} again.`
      : `Its lines above say why. Run ${session.ways.setup} again when that is mended: it begins where it ended.`,
  };
}

/** A cluster that was just started takes a while; its credential may be one of an earlier cluster. */
async function answering(session: Session): Promise<Failure | null> {
  const attempts = 24;
  for (let attempt = 1; ; attempt++) {
    const failure = await reachCluster(session);
    if (!failure?.mayPass || attempt === attempts || session.signal.aborted) return failure;
    if (attempt === 1) {
      session.say('Waiting for its API server');
      const exported = await session.run('kind', ['export', 'kubeconfig', '--name', cluster.name]);
      if (exported.code !== 0) session.say(`kind could not write the kubeconfig: ${exported.stderr.trim()}`);
    }
    await session.wait(5_000);
  }
}

/** kind makes its context the current one; whoever works in another one goes on there. */
async function restoreContext(session: Session, before: string): Promise<Failure | null> {
  if (before === '' || before === cluster.context) return null;
  const used = await session.run('kubectl', ['config', 'use-context', before]);
  if (used.code === 0) {
    session.say(`Your kubectl stays in the context ${before}; for this cluster: kubectl --context ${cluster.context}`);
    return null;
  }
  return {
    message: `The context ${before}, in which you were, could not be made the current one again.`,
    hint: `Do it yourself: kubectl config use-context ${before}`,
    details: used.stderr.trim(),
  };
}
