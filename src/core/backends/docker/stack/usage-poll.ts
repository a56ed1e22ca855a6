import type { HostLog } from '../../../log/host-log';
import { inBackground } from '../../../log/in-background';
import type { ContainerEngine } from '../containers/container-engine';
import { isRunning, type ServiceRecord } from './service-record';

const pauseMs = 4_000;

export interface UsagePollOptions {
  engine(): ContainerEngine | null;
  records(): Iterable<ServiceRecord>;
  onChange(): void;
  log: HostLog;
}

/** Reads CPU and memory of the running containers, and only while somebody looks. */
export class UsagePoll {
  private lookers = 0;
  private timer: NodeJS.Timeout | undefined;
  private reading = false;

  constructor(private readonly options: UsagePollOptions) {}

  /** Returns the end of the look. */
  look(): () => void {
    this.lookers++;
    if (this.lookers === 1 && !this.reading) this.begin();
    let looking = true;
    return () => {
      if (!looking) return;
      looking = false;
      this.lookers--;
      if (this.lookers === 0) clearTimeout(this.timer);
    };
  }

  private begin(): void {
    inBackground('usage of the containers', this.read(), this.options.log);
  }

  private async read(): Promise<void> {
    this.reading = true;
    try {
      await this.readAll();
    } finally {
      this.reading = false;
      if (this.lookers > 0) this.timer = setTimeout(() => this.begin(), pauseMs).unref();
    }
  }

  private async readAll(): Promise<void> {
    const engine = this.options.engine();
    const running = [...this.options.records()].filter(isRunning);
    await Promise.all(
      running.map(async (record) => {
        record.usage = (await engine?.usage(record.container!.id).catch(() => null)) ?? null;
      }),
    );
    if (running.length > 0) this.options.onChange();
  }
}
