import type { EngineStats, RecentRejection } from '../../shared/engine-messages';
import type { Signal } from '../wire/signal';
import { RecentRejections } from './request/recent-rejections';
import type { Rejection } from './request/rejection';

/** Key of a signal's items in the counters. */
export const ITEMS_OF: Readonly<Record<Signal, 'spans' | 'logs' | 'points'>> = {
  traces: 'spans',
  logs: 'logs',
  metrics: 'points',
};

/** What the receivers have answered since the process started. `requests` rejected: none of their items was kept. */
export class IngestCounters {
  readonly accepted: EngineStats['accepted'] = { spans: 0, logs: 0, points: 0, requests: 0, bytes: 0 };
  readonly rejected: EngineStats['rejected'] = { spans: 0, logs: 0, points: 0, requests: 0 };
  private readonly recent: RecentRejections;

  constructor(now: () => number = Date.now) {
    this.recent = new RecentRejections(now);
  }

  request(signal: Signal, bytes: number, items: number, rejected: number, rejections: readonly Rejection[]): void {
    const key = ITEMS_OF[signal];
    this.accepted.requests++;
    this.accepted.bytes += bytes;
    this.accepted[key] += items - rejected;
    this.rejected[key] += rejected;
    for (const rejection of rejections) this.recent.add(key, rejection);
  }

  /** A request was refused as a whole. */
  refusal(why?: string): void {
    this.rejected.requests++;
    if (why !== undefined) this.recent.add('requests', { reason: why, count: 1, lost: true, metric: '', service: '' });
  }

  /** The last reasons, newest first. */
  rejections(): RecentRejection[] {
    return this.recent.list();
  }
}
