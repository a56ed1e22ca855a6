import { kubectlTarget } from '../cluster/cluster';
import type { Failure } from '../tools/failure';
import { parseJson } from '../tools/parse-json';
import type { Session } from '../tools/session';
import { Pods, type PodTrouble, podTroubles } from './pod-troubles';

/** One text for each pod in trouble, the last lines of its log among them. */
export async function describeTroubles(session: Session): Promise<string[] | Failure> {
  const troubles = await readTroubles(session);
  if (!Array.isArray(troubles)) return troubles;
  return Promise.all(troubles.map((trouble) => describeOne(session, trouble)));
}

export async function readTroubles(session: Session): Promise<PodTrouble[] | Failure> {
  const { code, stdout, stderr } = await session.run('kubectl', [
    ...kubectlTarget(session),
    'get',
    'pods',
    '--output=json',
  ]);
  const pods = code === 0 ? Pods.safeParse(parseJson(stdout)) : null;
  if (pods?.success) return podTroubles(pods.data);
  return {
    message: 'The pods could not be read.',
    hint: `See that the cluster answers: ${session.ways.status}`,
    details: stderr.trim(),
  };
}

async function describeOne(session: Session, { pod, reason, text, hint, container }: PodTrouble): Promise<string> {
  const lines = reason === 'CrashLoopBackOff' ? await lastLines(session, pod, container) : [];
  return [`${pod} ${text}`, ...lines.map((line) => `    ${line}`), `  ${hint}`].join('\n');
}

/** Of the container that ended, not of the one that is about to. */
async function lastLines(session: Session, pod: string, container = ''): Promise<string[]> {
  const args = ['logs', pod, '--container', container, '--previous', '--tail=5'];
  const { code, stdout } = await session.run('kubectl', [...kubectlTarget(session), ...args]);
  return code === 0 ? stdout.trimEnd().split('\n') : [];
}
