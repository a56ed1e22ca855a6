import type { StackStatus } from '../../shared/contract/stack';
import type { HostView } from '../host/host-view';

/**
 * Notices that a start of the Docker stack which had to fetch images is over. Asks for the stack only while one starts:
 * whoever asks wakes the search for a container engine.
 */
export class PullWatch {
  private pulled = false;
  private asking = false;

  constructor(private readonly snapshot: () => Promise<StackStatus>) {}

  /** True once, when the stack is ready after a pull. */
  async look({ status }: HostView): Promise<boolean> {
    if (status?.backend !== 'docker') return false;
    if (status.state === 'starting' && !this.pulled && !this.asking) {
      this.asking = true;
      const { state } = await this.snapshot().finally(() => {
        this.asking = false;
      });
      this.pulled ||= state === 'pulling';
      return false;
    }
    const done = this.pulled && status.state === 'ready';
    if (status.state !== 'starting') this.pulled = false;
    return done;
  }
}
