import type { ContainerEngine } from '../docker/container-engine';
import { isRunning, type ServiceRecord } from './service-record';

const pauseMs = 4_000;

export interface UsagePollOptions {
  engine(): ContainerEngine | null;
  records(): Iterable<ServiceRecord>;
  onChange(): void;
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
    if (this.lookers === 1 && !this.reading) void this.read();
    let looking = true;
    return () => {
      if (!looking) return;
      looking = false;
      this.lookers--;
      if (this.lookers === 0) clearTimeout(this.timer);
    };
  }

  private async read(): Promise<void> {
    this.reading = true;
    const engine = this.options.engine();
    const running = [...this.options.records()].filter(isRunning);
    await Promise.all(
      running.map(async (record) => {
        record.usage = (await engine?.usage(record.container!.id).catch(() => null)) ?? null;
      }),
    );
    this.reading = false;
    if (running.length > 0) this.options.onChange();
    if (this.lookers > 0) this.timer = setTimeout(() => void this.read(), pauseMs).unref();
  }
}
