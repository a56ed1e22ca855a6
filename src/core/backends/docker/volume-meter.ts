import type { HostLog } from '../../log/host-log';
import { inBackground } from '../../log/in-background';
import type { StackController } from './stack/stack-controller';

/** The engine walks through every file of a volume to answer: seldom is often enough. */
const everyMs = 10 * 60_000;

/** Bytes on disk of the stack's volumes, measured when it became ready and every ten minutes while it is. */
export class VolumeMeter {
  bytes = 0;
  private measuredAt = 0;
  private measuring = false;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly stack: StackController,
    private readonly log: HostLog,
    private readonly now: () => number = Date.now,
  ) {
    stack.subscribe(() => {
      if (stack.state.name === 'ready' && this.now() - this.measuredAt > everyMs)
        inBackground('volumes: measure', this.measure(), this.log);
    });
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async measure(): Promise<void> {
    if (this.measuring) return;
    this.measuring = true;
    this.measuredAt = this.now();
    const outcome = await this.stack.remains().finally(() => {
      this.measuring = false;
    });
    if ('problem' in outcome) return;
    this.bytes = outcome.remains.volumes.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
    for (const listener of this.listeners) listener();
  }
}
