import type { Event, Pod } from './objects';

export interface WorkloadEvent {
  /** Unix milliseconds. */
  at: number;
  type: 'normal' | 'warning';
  reason: string;
  message: string;
}

const atMost = 20;

/** What happened to a workload, its pods and what stands between them, newest first. */
export function describeEvents(events: readonly Event[], workload: string, pods: readonly Pod[]): WorkloadEvent[] {
  const names = new Set(pods.map(({ metadata }) => metadata.name));
  return events
    .filter(({ involvedObject: { kind, name = '' } }) =>
      // A ReplicaSet is called after its Deployment, with a hash behind it.
      kind === 'ReplicaSet' ? name.replace(/-[a-z0-9]+$/, '') === workload : name === workload || names.has(name),
    )
    .map(toView)
    .sort((a, b) => b.at - a.at)
    .slice(0, atMost);
}

function toView({ type, reason = '', message = '', lastTimestamp, eventTime, metadata }: Event): WorkloadEvent {
  return {
    at: Date.parse(lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? '') || 0,
    type: type === 'Warning' ? 'warning' : 'normal',
    reason,
    message,
  };
}
