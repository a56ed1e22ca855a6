import { z } from 'zod';
import { kubectlTarget } from '../cluster/cluster';
import type { Failure } from '../tools/failure';
import { parseJson } from '../tools/parse-json';
import type { Session } from '../tools/session';
import { describeTroubles, readTroubles } from './describe-troubles';

const Workloads = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      metadata: z.object({ name: z.string(), generation: z.number().optional() }),
      spec: z.object({ replicas: z.number().optional() }),
      status: z
        .object({
          observedGeneration: z.number().optional(),
          /** All that are there, those of an earlier template among them. */
          replicas: z.number().optional(),
          readyReplicas: z.number().optional(),
          updatedReplicas: z.number().optional(),
        })
        .optional(),
    }),
  ),
});
type Workload = z.infer<typeof Workloads>['items'][number];

const pollMs = 3_000;
/** Ten minutes: images of a gigabyte come over the network the first time. */
const attempts = 200;
/** A trouble that lasts for a minute is told instead of waited for. */
const patience = 20;

/** Until every one of `names` (`statefulset/tempo`) is ready, or one of its pods is in a trouble that does not pass. */
export async function waitForWorkloads(session: Session, names: readonly string[]): Promise<Failure | null> {
  const lasting = new Map<string, number>();
  let told = '';
  for (let attempt = 0; attempt < attempts && !session.signal.aborted; attempt++) {
    const waiting = await notReady(session, names);
    if (!Array.isArray(waiting)) return waiting;
    if (waiting.length === 0) return null;
    const progress = `  ${names.length - waiting.length} of ${names.length} ready; waiting for ${waiting.join(', ')}`;
    if (progress !== told) session.say(progress);
    told = progress;
    const troubles = await readTroubles(session);
    if (!Array.isArray(troubles)) return troubles;
    const keys = troubles.map(({ pod, reason }) => `${pod} ${reason}`);
    for (const key of [...lasting.keys()]) if (!keys.includes(key)) lasting.delete(key);
    for (const key of keys) lasting.set(key, (lasting.get(key) ?? 0) + 1);
    if ([...lasting.values()].some((polls) => polls >= patience)) return inTrouble(session, waiting);
    await session.wait(pollMs);
  }
  return inTrouble(session, names);
}

async function inTrouble(session: Session, names: readonly string[]): Promise<Failure> {
  const troubles = await describeTroubles(session);
  return {
    message: `Not ready: ${names.join(', ')}.`,
    hint: `What is deployed stays; ${session.ways.deploy} goes on from here, ${session.ways.status} shows the pods.`,
    details: Array.isArray(troubles) ? troubles.join('\n') : troubles.message,
  };
}

async function notReady(session: Session, names: readonly string[]): Promise<string[] | Failure> {
  const args = ['get', 'deployments,statefulsets', '--output=json'];
  const { code, stdout, stderr } = await session.run('kubectl', [...kubectlTarget(session), ...args]);
  const found = code === 0 ? Workloads.safeParse(parseJson(stdout)) : null;
  if (!found?.success) {
    return {
      message: 'The cluster stopped answering while its workloads were waited for.',
      hint: `What is deployed stays. Run the same again when it answers: ${session.ways.setup} starts a cluster that is stopped.`,
      details: stderr.trim(),
    };
  }
  const ready = found.data.items.filter(isReady).map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`);
  return names.filter((name) => !ready.includes(name));
}

function isReady({ metadata, spec, status = {} }: Workload): boolean {
  const wanted = spec.replicas ?? 1;
  return (
    (status.observedGeneration ?? 0) >= (metadata.generation ?? 0) &&
    (status.readyReplicas ?? 0) >= wanted &&
    (status.updatedReplicas ?? 0) >= wanted &&
    (status.replicas ?? 0) <= (status.updatedReplicas ?? 0)
  );
}
