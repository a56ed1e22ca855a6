import type { Problem } from '../../../../shared/problem';
import { type PodTrouble, troublesOf } from '../pods/pod-troubles';
import { describeEvents, type WorkloadEvent } from './describe-events';
import { type Event, type Pod, type Service, selects, type Workload } from './objects';

export type WorkloadKind = 'deployment' | 'statefulset' | 'daemonset';

export interface WorkloadStatus {
  name: string;
  title: string;
  image: string;
  /** `missing`: it belongs to the stack and was not deployed. `created`: no pod of it runs yet. */
  state: 'missing' | 'created' | 'starting' | 'ready' | 'unready' | 'restarting' | 'exited';
  /** Name of its newest pod. */
  instance?: string;
  /** Unix milliseconds, of the pod that runs the longest. */
  startedAt?: number;
  /** Of the last end. */
  exitCode?: number;
  outOfMemory: boolean;
  /** Restarts of its containers, by the pods that are there. */
  crashes: number;
  ports: { name: string; address: string; url?: string }[];
  /** Of all containers of one pod. */
  memoryLimitBytes?: number;
  replicas: { ready: number; wanted: number };
  /** Newest first. */
  events: WorkloadEvent[];
  problem?: Problem;
}

/** What is known of the cluster when a workload is described. */
export interface Surroundings {
  pods: readonly Pod[];
  services: readonly Service[];
  events: readonly Event[];
  /** Where the port of a service is reached from this machine; null where it is not. */
  addressOf(service: string, port: number): { address: string; url?: string } | null;
  /** What a container wrote before it ended, oldest first. */
  lastLines(pod: string, container: string): readonly string[];
}

export function describeWorkload(kind: WorkloadKind, workload: Workload, around: Surroundings): WorkloadStatus {
  const { name } = workload.metadata;
  const { containers } = workload.spec.template.spec;
  const pods = around.pods.filter(
    ({ metadata }) => !metadata.deletionTimestamp && selects(workload.spec.selector.matchLabels, metadata.labels),
  );
  const statuses = pods.flatMap(({ status }) => status.containerStatuses ?? []);
  const ends = statuses.flatMap(({ state, lastState }) => state?.terminated ?? lastState?.terminated ?? []);
  const replicas = replicasOf(kind, workload);
  const [trouble] = pods.flatMap(troublesOf);
  const [newest] = [...pods].sort(byAge);
  const startedAt = Math.min(...pods.map(({ status }) => Date.parse(status.startTime ?? '')).filter(Number.isFinite));
  const exitCode = ends.at(-1)?.exitCode;
  const memory = containers.reduce((sum, { resources }) => sum + bytesOf(resources?.limits?.memory), 0);
  return {
    name,
    title: titleOf(name),
    image: containers[0]?.image ?? '',
    state: stateOf(workload, replicas, pods, trouble),
    ...(newest && { instance: newest.metadata.name }),
    ...(Number.isFinite(startedAt) && { startedAt }),
    ...(exitCode !== undefined && { exitCode }),
    outOfMemory: ends.some(({ reason }) => reason === 'OOMKilled'),
    crashes: statuses.reduce((sum, { restartCount = 0 }) => sum + restartCount, 0),
    ports: portsOf(workload, around),
    ...(memory > 0 && { memoryLimitBytes: memory }),
    replicas: { ready: replicas.ready, wanted: replicas.wanted },
    events: describeEvents(around.events, name, pods),
    ...(trouble && { problem: explain(name, trouble, around) }),
  };
}

/** What the stack has and this namespace has not. */
export function missingWorkload(name: string): WorkloadStatus {
  return {
    name,
    title: titleOf(name),
    image: '',
    state: 'missing',
    outOfMemory: false,
    crashes: 0,
    ports: [],
    replicas: { ready: 0, wanted: 0 },
    events: [],
  };
}

/** The newest first. */
export function byAge(one: Pod, other: Pod): number {
  const at = ({ metadata }: Pod) => Date.parse(metadata.creationTimestamp ?? '') || 0;
  return at(other) - at(one);
}

function titleOf(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

interface Replicas {
  ready: number;
  wanted: number;
  updated: number;
  /** Pods of an earlier template, which serve until the new ones are ready. */
  old: number;
}

function replicasOf(kind: WorkloadKind, { spec, status = {} }: Workload): Replicas {
  if (kind === 'daemonset') {
    const { numberReady: ready = 0, desiredNumberScheduled: wanted = 0, updatedNumberScheduled: updated = 0 } = status;
    return { ready, wanted, updated, old: 0 };
  }
  const { replicas = 0, readyReplicas: ready = 0, updatedReplicas: updated = 0 } = status;
  return { ready, wanted: spec.replicas ?? 1, updated, old: Math.max(0, replicas - updated) };
}

function stateOf(
  { metadata, status = {} }: Workload,
  { ready, wanted, updated, old }: Replicas,
  pods: readonly Pod[],
  trouble: PodTrouble | undefined,
): WorkloadStatus['state'] {
  const isSeen = (status.observedGeneration ?? 0) >= (metadata.generation ?? 0);
  if (isSeen && wanted > 0 && ready >= wanted && updated >= wanted && old === 0 && !trouble) return 'ready';
  if (wanted === 0) return 'exited';
  if (trouble?.reason === 'CrashLoopBackOff') return 'restarting';
  if (trouble) return trouble.reason === 'Unschedulable' ? 'created' : 'unready';
  return pods.some(({ status: { phase } }) => phase === 'Running') ? 'starting' : 'created';
}

function portsOf(workload: Workload, { services, addressOf }: Surroundings): WorkloadStatus['ports'] {
  const { matchLabels } = workload.spec.selector;
  return services
    .filter(({ spec }) => selects(spec.selector, matchLabels))
    .flatMap(({ metadata, spec }) =>
      (spec.ports ?? []).flatMap(({ name = '', port }) => {
        const reached = addressOf(metadata.name, port);
        return reached ? [{ name: name || String(port), ...reached }] : [];
      }),
    );
}

const kinds: Readonly<Record<string, Problem['kind']>> = {
  Unschedulable: 'pod-pending',
  CrashLoopBackOff: 'pod-crashing',
  ImagePullBackOff: 'pod-without-image',
  ErrImagePull: 'pod-without-image',
  InvalidImageName: 'pod-without-image',
};

function explain(name: string, { pod, reason, text, hint, container = '' }: PodTrouble, around: Surroundings): Problem {
  const lines = reason === 'CrashLoopBackOff' ? around.lastLines(pod, container) : [];
  const last = lines.findLast((line) => line.trim() !== '');
  return {
    kind: kinds[reason] ?? 'pod-not-started',
    message: `${titleOf(name)}: the pod ${pod} ${text}${last ? `; its last line: ${last}` : ''}.`,
    hint,
    ...(lines.length > 0 && { details: lines.join('\n') }),
  };
}

const units: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
};

/** Of a quantity of memory such as `512Mi`; 0 for one that is written otherwise. */
function bytesOf(quantity = ''): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(k|M|G|Ki|Mi|Gi)?$/.exec(quantity) ?? [];
  return number === undefined ? 0 : Number(number) * units[unit]!;
}
