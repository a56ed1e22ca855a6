import { type Pod, type Service, selects } from './objects';

/** A ready pod behind a service, and the port of it that a port of the service leads to; null while there is none. */
export function podTarget(service: Service, port: number, pods: readonly Pod[]): { pod: string; port: number } | null {
  const wanted = service.spec.ports?.find((each) => each.port === port);
  if (!wanted) return null;
  for (const pod of pods) {
    if (!isReady(pod) || !selects(service.spec.selector, pod.metadata.labels)) continue;
    const inPod = portOf(pod, wanted.targetPort ?? port);
    if (inPod !== null) return { pod: pod.metadata.name, port: inPod };
  }
  return null;
}

function isReady({ metadata, status }: Pod): boolean {
  if (metadata.deletionTimestamp) return false;
  return status.conditions?.some((each) => each.type === 'Ready' && each.status === 'True') ?? false;
}

function portOf({ spec }: Pod, target: number | string): number | null {
  if (typeof target === 'number') return target;
  const named = spec.containers.flatMap(({ ports }) => ports ?? []).find(({ name }) => name === target);
  return named?.containerPort ?? null;
}
