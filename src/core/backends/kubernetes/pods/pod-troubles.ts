import { z } from 'zod';

const ContainerState = z.object({
  waiting: z.object({ reason: z.string().optional(), message: z.string().optional() }).optional(),
  terminated: z.object({ reason: z.string().optional(), exitCode: z.number().optional() }).optional(),
});
const ContainerStatus = z.object({
  name: z.string(),
  restartCount: z.number().optional(),
  state: ContainerState.optional(),
  lastState: ContainerState.optional(),
});

export const Pod = z.object({
  metadata: z.object({ name: z.string() }),
  status: z.object({
    phase: z.string().optional(),
    conditions: z
      .array(
        z.object({
          type: z.string(),
          status: z.string(),
          reason: z.string().optional(),
          message: z.string().optional(),
        }),
      )
      .optional(),
    containerStatuses: z.array(ContainerStatus).optional(),
    initContainerStatuses: z.array(ContainerStatus).optional(),
  }),
});
type Pod = z.infer<typeof Pod>;

/** What `kubectl get pods --output=json` answers, as far as it is read. */
export const Pods = z.object({ items: z.array(Pod) });

export interface PodTrouble {
  pod: string;
  /** Kubernetes' word for it, such as `CrashLoopBackOff`. */
  reason: string;
  text: string;
  hint: string;
  /** The container whose last lines tell more. */
  container?: string;
}

/** What keeps pods from running that does not pass by waiting alone. */
export function podTroubles(pods: z.infer<typeof Pods>): PodTrouble[] {
  return pods.items.flatMap(troublesOf);
}

export function troublesOf(pod: Pod): PodTrouble[] {
  const { conditions = [], containerStatuses = [], initContainerStatuses = [] } = pod.status;
  const unscheduled = conditions.find(
    ({ type, status, reason }) => type === 'PodScheduled' && status === 'False' && reason === 'Unschedulable',
  );
  if (unscheduled) return [pending(pod.metadata.name, unscheduled.message ?? 'no node takes it')];
  return [...initContainerStatuses, ...containerStatuses].flatMap((status) => {
    const waiting = status.state?.waiting;
    const reason = waiting?.reason ?? '';
    const explain = explanations[reason];
    if (!explain) return [];
    return [{ pod: pod.metadata.name, reason, container: status.name, ...explain(status, waiting?.message ?? '') }];
  });
}

function pending(pod: string, message: string): PodTrouble {
  const isMemory = /insufficient memory/i.test(message);
  return {
    pod,
    reason: 'Unschedulable',
    text: `is Pending: ${whyUnscheduled(message)}`,
    hint: isMemory
      ? 'The node has too little memory left: give Docker more (8 GB) and start the cluster again; see kubectl describe node.'
      : 'See kubectl describe node.',
  };
}

/** What the scheduler says, without what it thought of making room by ending other pods. */
function whyUnscheduled(message: string): string {
  return message.replace(/\s*preemption: .*$/s, '').replace(/\.+$/, '');
}

type Explanation = (status: z.infer<typeof ContainerStatus>, message: string) => Pick<PodTrouble, 'text' | 'hint'>;

const image: Explanation = (_, message) => ({
  text: `cannot get its image: ${message}`,
  hint: 'See that Docker reaches the registry (proxy, VPN, limit of pulls); the pod tries again by itself.',
});

const configuration: Explanation = (_, message) => ({
  text: `cannot be started: ${message}`,
  hint: 'A ConfigMap or secret that it needs is missing: deploying again makes them.',
});

const explanations: Record<string, Explanation | undefined> = {
  CrashLoopBackOff: ({ restartCount = 0, lastState }) => {
    const end = lastState?.terminated;
    return {
      text: `ends as soon as it starts (${restartCount} times, ${end?.reason ?? `exit code ${end?.exitCode ?? 'unknown'}`})`,
      hint:
        end?.reason === 'OOMKilled'
          ? 'It needs more memory than its limit: raise resources.limits.memory in resources/stack/helm/values.'
          : 'Its last lines say why.',
    };
  },
  ImagePullBackOff: image,
  ErrImagePull: image,
  InvalidImageName: image,
  CreateContainerConfigError: configuration,
  CreateContainerError: configuration,
  RunContainerError: configuration,
};
