import type { Delivery } from '../../shared/contract/destinations';
import type { ForwardStats } from '../../shared/engine-messages';

/** The embedded engine's counters of a destination in the contract's shape. */
export function deliveryOfForward(stats: ForwardStats): Delivery {
  const {
    sent,
    dropped,
    queuedRequests: queued,
    queueCapacity,
    bytes,
    withheld,
    lastSentAt,
    lastError,
    failing,
  } = stats;
  const state = failing ? 'failing' : lastSentAt === null ? 'waiting' : 'sending';
  return { state, sent, dropped, queued, queueUnit: 'requests', queueCapacity, bytes, withheld, lastSentAt, lastError };
}
