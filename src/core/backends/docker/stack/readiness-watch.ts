import type { HostLog } from '../../../log/host-log';
import { inBackground } from '../../../log/in-background';
import type { ContainerDetails } from '../containers/container-engine';
import type { StackServiceName } from './plan/stack-service-name';

/** Milliseconds between two probes. */
const pauses = { starting: 150, late: 1_000, ready: 10_000, doubtful: 500 } as const;
const earlyTries = 100;

export interface ReadinessWatchOptions {
  probe(service: StackServiceName, container: ContainerDetails): Promise<boolean>;
  onChange(service: StackServiceName, ready: boolean): void;
  log: HostLog;
}

interface Tracked {
  container: ContainerDetails;
  ready: boolean;
  tries: number;
  misses: number;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Asks running containers over their published ports: often until they are ready, then seldom, and at once when
 * `ask` says that something happened. One missed answer of a ready service is asked again before it counts.
 */
export class ReadinessWatch {
  private readonly tracked = new Map<StackServiceName, Tracked>();

  constructor(private readonly options: ReadinessWatchOptions) {}

  track(service: StackServiceName, container: ContainerDetails): void {
    const before = this.tracked.get(service);
    if (before?.container.id === container.id && before.container.startedAt === container.startedAt) return;
    this.forget(service);
    const entry: Tracked = { container, ready: false, tries: 0, misses: 0, timer: undefined };
    this.tracked.set(service, entry);
    this.begin(service, entry);
  }

  forget(service: StackServiceName): void {
    clearTimeout(this.tracked.get(service)?.timer);
    this.tracked.delete(service);
  }

  ask(service: StackServiceName): void {
    const entry = this.tracked.get(service);
    if (!entry?.timer) return;
    clearTimeout(entry.timer);
    this.begin(service, entry);
  }

  close(): void {
    for (const service of [...this.tracked.keys()]) this.forget(service);
  }

  private begin(service: StackServiceName, entry: Tracked): void {
    inBackground(`readiness of ${service}`, this.probe(service, entry), this.options.log);
  }

  private async probe(service: StackServiceName, entry: Tracked): Promise<void> {
    entry.timer = undefined;
    // Asking goes on, whatever became of one question.
    const answered = await this.options.probe(service, entry.container).catch(() => false);
    if (this.tracked.get(service) !== entry) return;
    entry.tries++;
    entry.misses = answered ? 0 : entry.misses + 1;
    const ready = answered || (entry.ready && entry.misses < 2);
    if (ready !== entry.ready) {
      entry.ready = ready;
      this.options.onChange(service, ready);
    }
    entry.timer = setTimeout(() => this.begin(service, entry), this.pause(entry)).unref();
  }

  private pause({ ready, misses, tries }: Tracked): number {
    if (ready) return misses > 0 ? pauses.doubtful : pauses.ready;
    return tries < earlyTries ? pauses.starting : pauses.late;
  }
}
