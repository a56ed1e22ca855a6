import { FindingCollector } from '../../../shared/findings/finding-collector';
import { DurationTally } from '../../../shared/run-summary/duration-tally';
import type { FollowedTrace } from './followed-trace';

interface Request {
  count: number;
  readonly durations: DurationTally;
}

/** What several traces come to together, without their calls. */
export class TraceFold {
  readonly collector = new FindingCollector();
  readonly requests = new Map<string, Request>();

  add({ look, requests }: FollowedTrace): void {
    this.collector.addWithoutCalls(look);
    for (const { request, duration } of requests) {
      const row = this.rowOf(request);
      row.count++;
      if (duration) row.durations.add(duration);
    }
  }

  /** What another comes to, which is of other traces and stays as it is. */
  addAll(other: TraceFold): void {
    this.collector.addAll(other.collector);
    for (const [request, { count, durations }] of other.requests) {
      const row = this.rowOf(request);
      row.count += count;
      row.durations.addAll(durations);
    }
  }

  private rowOf(request: string): Request {
    const known = this.requests.get(request);
    if (known) return known;
    const row = { count: 0, durations: new DurationTally() };
    this.requests.set(request, row);
    return row;
  }
}
