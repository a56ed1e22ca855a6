import { z } from 'zod';
import type { Failure } from '../tools/failure';
import { parseJson } from '../tools/parse-json';
import type { Session } from '../tools/session';
import { cluster, isOwn } from './cluster';
import { isThisMachine } from './is-this-machine';

const Config = z.object({
  'current-context': z.string().nullish(),
  contexts: z.array(z.object({ name: z.string(), context: z.object({ cluster: z.string() }) })).nullish(),
  clusters: z
    .array(z.object({ name: z.string(), cluster: z.object({ server: z.string().optional() }).nullish() }))
    .nullish(),
});

export interface ContextState {
  /** Whether the kubeconfig has our context. */
  present: boolean;
  /** The one that the user works in; '' for none. */
  current: string;
}

/** Reads the kubeconfig. A context of our name that leads to another machine is a failure: it is never used or replaced. */
export async function checkContext(session: Session): Promise<ContextState | Failure> {
  const viewed = await session.run('kubectl', ['config', 'view', '--output=json']);
  const config = viewed.code === 0 ? Config.safeParse(parseJson(viewed.stdout)) : null;
  if (!config?.success) {
    return {
      message: 'kubectl could not read its configuration.',
      hint: 'Mend the file that KUBECONFIG names (by default ~/.kube/config).',
      details: viewed.stderr.trim(),
    };
  }
  const current = config.data['current-context'] ?? '';
  const context = config.data.contexts?.find(({ name }) => name === session.context);
  if (!context) return { present: false, current };
  const server = config.data.clusters?.find(({ name }) => name === context.context.cluster)?.cluster?.server ?? '';
  if (isOwn(session) && !isThisMachine(server)) {
    return {
      message: `The context ${cluster.context} of your kubeconfig leads to ${server || 'no server'}, not to a cluster of kind on this machine.`,
      hint: `It was left alone. Give it another name: kubectl config rename-context ${cluster.context} NAME`,
    };
  }
  return { present: true, current };
}
