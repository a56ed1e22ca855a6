import type { EngineStats } from '../../shared/engine-messages';
import type { Signal } from './signal';

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

  request(signal: Signal, bytes: number, items: number, rejected: number): void {
    const key = ITEMS_OF[signal];
    this.accepted.requests++;
    this.accepted.bytes += bytes;
    this.accepted[key] += items - rejected;
    this.rejected[key] += rejected;
  }

  refusal(): void {
    this.rejected.requests++;
  }
}
