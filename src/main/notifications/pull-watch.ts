import type { BackendStatus, ServicesBackend } from '../../shared/contract/backend';
import { servicesBackendOf } from '../../shared/services-backend-of';
import type { HostView } from '../host/host-view';

const underWay: readonly BackendStatus['state'][] = ['preparing', 'pulling', 'starting'];

/**
 * Notices that a start which had to fetch images is over. Follows the services only while they start:
 * whoever looks at it wakes the search for a container engine.
 */
export class PullWatch {
  private following = false;

  constructor(private readonly follow: (backend: ServicesBackend) => Promise<AsyncIterable<BackendStatus>>) {}

  /** At a start that is not followed yet: true once the stack is ready, if images were pulled for it. */
  async look({ status }: HostView): Promise<boolean> {
    if (status?.state !== 'starting' || this.following) return false;
    const backend = status.capabilities.progress ? servicesBackendOf(status) : null;
    if (!backend) return false;
    this.following = true;
    let pulled = false;
    try {
      for await (const { state } of await this.follow(backend)) {
        pulled ||= state === 'pulling';
        if (!underWay.includes(state)) return pulled && state === 'ready';
      }
      return false;
    } finally {
      this.following = false;
    }
  }
}
