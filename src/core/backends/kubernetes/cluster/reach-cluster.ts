import { type Failure, isFailure } from '../tools/failure';
import type { Session } from '../tools/session';
import { checkContext } from './check-context';
import { cluster, isOwn } from './cluster';

/** `mayPass` where the cluster is only not ready yet, or its kubeconfig old. */
export type ReachFailure = Failure & { mayPass?: boolean };

/** Null when our cluster answers within five seconds and its node bears our label; nothing else is ever driven. */
export async function reachCluster(session: Session): Promise<ReachFailure | null> {
  const context = await checkContext(session);
  if (isFailure(context)) return context;
  if (!context.present) {
    if (!isOwn(session)) {
      return { message: `Your kubeconfig has no context ${session.context}.`, hint: 'Log in to that cluster first.' };
    }
    return {
      message: `Your kubeconfig has no context ${cluster.context}: the cluster was not made yet, or by another user.`,
      hint: `Run: ${session.ways.setup}`,
      mayPass: true,
    };
  }
  if (!isOwn(session)) return reachNamed(session);
  const nodes = await session.run('kubectl', [
    '--context',
    cluster.context,
    '--request-timeout=5s',
    'get',
    'nodes',
    '--selector',
    cluster.label,
    '--output=name',
  ]);
  if (nodes.code !== 0) return explainSilence(session, nodes.stderr);
  if (nodes.stdout.trim() !== '') return null;
  return {
    message: `The cluster behind the context ${cluster.context} is not one of Watchtower's: no node has the label ${cluster.label}.`,
    hint: `It was left alone. Rename its context, or delete that cluster, then run: ${session.ways.setup}`,
  };
}

/** A context that the user named is used as it is. */
async function reachNamed(session: Session): Promise<ReachFailure | null> {
  const args = ['--context', session.context, '--request-timeout=5s', 'version', '--output=json'];
  const { code, stderr } = await session.run('kubectl', args);
  if (code === 0) return null;
  return {
    message: `The API server of the context ${session.context} does not answer, or refuses its credential.`,
    hint: 'See that this machine reaches it (VPN, proxy) and that you are logged in.',
    details: stderr.trim(),
    mayPass: true,
  };
}

function explainSilence({ ways }: Session, stderr: string): ReachFailure {
  const details = stderr.trim();
  if (/Unauthorized|must be logged in|x509|certificate/i.test(details)) {
    return {
      message: `The cluster refuses the credential of the context ${cluster.context}: it expired, or belongs to an earlier cluster of that name.`,
      hint: `${ways.setup} writes it anew.`,
      details,
      mayPass: true,
    };
  }
  if (/Forbidden/i.test(details)) {
    return {
      message: `The context ${cluster.context} may not list nodes: it is not the administrator's.`,
      hint: `${ways.setup} writes it anew.`,
      details,
      mayPass: true,
    };
  }
  return {
    message: `The API server of the cluster ${cluster.name} does not answer within 5 s.`,
    hint: `Start Docker; ${ways.setup} starts a cluster that is stopped. What it says: docker logs ${cluster.node}`,
    details,
    mayPass: true,
  };
}
