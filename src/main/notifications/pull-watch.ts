import type { StackStatus } from '../../shared/contract/stack';
import type { HostView } from '../host/host-view';

const underWay: readonly StackStatus['state'][] = ['preparing', 'pulling', 'starting'];

/**
 * Notices that a start of the Docker stack which had to fetch images is over. Follows the stack only while one starts:
 * whoever looks at it wakes the search for a container engine.
 */
export class PullWatch {
  private following = false;

  constructor(private readonly stack: () => Promise<AsyncIterable<StackStatus>>) {}

  /** At a start that is not followed yet: true once the stack is ready, if images were pulled for it. */
  async look({ status }: HostView): Promise<boolean> {
    if (!status?.capabilities.progress || status.state !== 'starting' || this.following) return false;
    this.following = true;
    let pulled = false;
    try {
      for await (const { state } of await this.stack()) {
        pulled ||= state === 'pulling';
        if (!underWay.includes(state)) return pulled && state === 'ready';
      }
      return false;
    } finally {
      this.following = false;
    }
  }
}
