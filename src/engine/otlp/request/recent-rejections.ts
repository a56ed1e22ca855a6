import type { RecentRejection } from '../../../shared/engine-messages';
import type { Rejection } from './rejection';

/** Reasons that are remembered; the one that came up longest ago makes room. */
const MAX_RECENT = 20;

/** The last reasons for which items were not kept, or warned of: one entry a reason, metric and service. */
export class RecentRejections {
  private readonly recent = new Map<string, RecentRejection>();

  constructor(private readonly now: () => number) {}

  add(items: RecentRejection['items'], { reason, count, lost, metric, service }: Rejection): void {
    const key = JSON.stringify([items, reason, metric, service]);
    const before = this.recent.get(key)?.count ?? 0;
    // Put in anew, so that the map stays in the order of the last time.
    this.recent.delete(key);
    this.recent.set(key, { items, reason, lost, metric, service, count: before + count, at: this.now() });
    if (this.recent.size > MAX_RECENT) this.recent.delete(this.recent.keys().next().value!);
  }

  /** Newest first. */
  list(): RecentRejection[] {
    return [...this.recent.values()].reverse();
  }
}
