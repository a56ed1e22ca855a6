import type { Problem } from '../../../../shared/problem';
import type { HostLog } from '../../../log/host-log';
import { inBackground } from '../../../log/in-background';
import type { ClusterApi } from '../api/cluster-api';
import {
  byAge,
  describeWorkload,
  missingWorkload,
  type Surroundings,
  type WorkloadKind,
  type WorkloadStatus,
} from './describe-workload';
import { Event, Pod, Service, selects, Workload } from './objects';
import { podTarget } from './pod-target';
import { readPodLog } from './read-pod-log';
import { ResourceWatch } from './resource-watch';

export interface NamespaceWatchOptions {
  api: ClusterApi;
  namespace: string;
  /** Names of the workloads that belong to the stack, in the order in which they are shown. */
  expected: readonly string[];
  addressOf: Surroundings['addressOf'];
  maskSecrets(text: string): string;
  onChange(): void;
  log: HostLog;
  /** Between two attempts at a list. */
  pauseMs?: number;
}

/** Keeps what a namespace holds, as services of a stack. */
export class NamespaceWatch {
  private readonly pods: ResourceWatch<Pod>;
  private readonly services: ResourceWatch<Service>;
  private readonly events: ResourceWatch<Event>;
  private readonly workloads: Readonly<Record<WorkloadKind, ResourceWatch<Workload>>>;
  private readonly ended = new AbortController();
  /** By pod, container and number of restarts: what was read once is not read again. */
  private readonly crashes = new Map<string, readonly string[]>();
  private dirty: WorkloadStatus[] | null = null;

  constructor(private readonly options: NamespaceWatchOptions) {
    const { namespace } = options;
    const core = `/api/v1/namespaces/${namespace}`;
    const apps = `/apis/apps/v1/namespaces/${namespace}`;
    this.pods = this.watchOf(`${core}/pods`, Pod);
    this.services = this.watchOf(`${core}/services`, Service);
    this.events = this.watchOf(`${core}/events`, Event);
    this.workloads = {
      deployment: this.watchOf(`${apps}/deployments`, Workload),
      statefulset: this.watchOf(`${apps}/statefulsets`, Workload),
      daemonset: this.watchOf(`${apps}/daemonsets`, Workload),
    };
  }

  start(): void {
    for (const watch of this.all) inBackground('cluster: watch', watch.run(this.ended.signal), this.options.log);
  }

  close(): void {
    this.ended.abort();
  }

  /** What is outside of the cluster changed: the addresses by which it is reached. */
  refresh(): void {
    this.changed();
  }

  /** Whether each of its lists was read at least once. */
  get known(): boolean {
    return this.all.every(({ known }) => known);
  }

  /** Those of the stack first, then what else runs there. */
  status(): readonly WorkloadStatus[] {
    this.dirty ??= this.describe();
    return this.dirty;
  }

  kindOf(name: string): WorkloadKind | null {
    return this.find(name)?.kind ?? null;
  }

  /** Whether what was changed by this generation runs in all its pods; a problem where one of them is in trouble. */
  rollout(name: string, generation: number): 'waiting' | 'done' | Problem {
    const found = this.find(name);
    if (!found || (found.workload.status?.observedGeneration ?? 0) < generation) return 'waiting';
    const { state, problem } = this.status().find((each) => each.name === name)!;
    if (state === 'ready') return 'done';
    return problem ?? 'waiting';
  }

  /** Names of its pods that are there: those that run first, and of them the newest. */
  podsOf(name: string): { name: string; containers: string[] }[] {
    const found = this.find(name);
    if (!found) return [];
    const { matchLabels } = found.workload.spec.selector;
    return [...this.pods.items.values()]
      .filter(({ metadata }) => selects(matchLabels, metadata.labels))
      .sort((a, b) => Number(b.status.phase === 'Running') - Number(a.status.phase === 'Running') || byAge(a, b))
      .map(({ metadata, spec }) => ({ name: metadata.name, containers: spec.containers.map((each) => each.name) }));
  }

  /** The pod, and its port, that a service leads to now; null while none is ready. */
  target(service: string, port: number): { pod: string; port: number } | null {
    const found = [...this.services.items.values()].find(({ metadata }) => metadata.name === service);
    return found ? podTarget(found, port, [...this.pods.items.values()]) : null;
  }

  private get all(): ResourceWatch<{ metadata: { name: string; uid: string } }>[] {
    return [this.pods, this.services, this.events, ...Object.values(this.workloads)];
  }

  private watchOf<Kept extends { metadata: { name: string; uid: string } }>(
    path: string,
    schema: ConstructorParameters<typeof ResourceWatch<Kept>>[0]['schema'],
  ): ResourceWatch<Kept> {
    const { api, log, pauseMs = 1_000 } = this.options;
    return new ResourceWatch({
      api,
      path,
      schema,
      log,
      onChange: () => this.changed(),
      pause: (signal) => pause(pauseMs, signal),
    });
  }

  private find(name: string): { kind: WorkloadKind; workload: Workload } | null {
    for (const [kind, watch] of Object.entries(this.workloads)) {
      const workload = [...watch.items.values()].find(({ metadata }) => metadata.name === name);
      if (workload) return { kind: kind as WorkloadKind, workload };
    }
    return null;
  }

  private describe(): WorkloadStatus[] {
    const around: Surroundings = {
      pods: [...this.pods.items.values()],
      services: [...this.services.items.values()],
      events: [...this.events.items.values()],
      addressOf: this.options.addressOf,
      lastLines: (pod, container) => this.lastLines(pod, container),
    };
    const found = Object.entries(this.workloads).flatMap(([kind, watch]) =>
      [...watch.items.values()].map((each) => describeWorkload(kind as WorkloadKind, each, around)),
    );
    const { expected } = this.options;
    const others = found.filter(({ name }) => !expected.includes(name)).sort((a, b) => a.name.localeCompare(b.name));
    return [...expected.map((name) => found.find((each) => each.name === name) ?? missingWorkload(name)), ...others];
  }

  private lastLines(pod: string, container: string): readonly string[] {
    const restarts = [...this.pods.items.values()]
      .find(({ metadata }) => metadata.name === pod)
      ?.status.containerStatuses?.find(({ name }) => name === container)?.restartCount;
    const key = `${pod} ${container} ${restarts}`;
    const known = this.crashes.get(key);
    if (known) return known;
    for (const old of this.crashes.keys()) if (old.startsWith(`${pod} ${container} `)) this.crashes.delete(old);
    this.crashes.set(key, []);
    inBackground('cluster: last lines', this.readLastLines(key, pod, container), this.options.log);
    return [];
  }

  /** Of the container that ended; of the one that is about to where the node does not keep them. */
  private async readLastLines(key: string, pod: string, container: string): Promise<void> {
    const { api, namespace, maskSecrets } = this.options;
    const { signal } = this.ended;
    for (const previous of [true, false]) {
      const lines: string[] = [];
      try {
        const log = readPodLog(api, { namespace, pod, container, tail: 5, follow: false, previous, signal });
        for await (const { text } of log) lines.push(maskSecrets(text));
      } catch {
        continue;
      }
      if (lines.length === 0) continue;
      this.crashes.set(key, lines);
      this.changed();
      return;
    }
  }

  private changed(): void {
    this.dirty = null;
    this.options.onChange();
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
