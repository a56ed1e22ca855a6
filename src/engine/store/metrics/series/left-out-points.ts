import type { EngineStats } from '../../../../shared/engine-messages';
import { RecentRejections } from '../../../otlp/request/recent-rejections';
import type { LeftOutReason } from './metric-sink';

const REASONS: Readonly<Record<LeftOutReason, { text: string; lost: boolean }>> = {
  'series-cap': {
    text: 'accepted, but the store has as many metric series as it may: send fewer attributes with many values',
    lost: true,
  },
  'near-cap': {
    text: 'a new series, and the store has nearly as many as it may: soon points of new ones are left out; send fewer attributes with many values',
    lost: false,
  },
  'near-span-cap': {
    text: 'a new series of span metrics, which are nearly as many as they may be: soon new span names are counted together; keep ids and addresses out of span names',
    lost: false,
  },
  'same-time': {
    text: 'accepted, but its series has another point at this very time, which stays: tell them apart by an attribute or by service.instance.id',
    lost: true,
  },
  'too-old': {
    text: 'accepted, but its time is before what retention keeps: keep telemetry longer (settings) and send it again',
    lost: true,
  },
  'unlikely-time': {
    text: 'a time before 2000 or more than a day ahead was replaced by the arrival: send nanoseconds since 1970',
    lost: false,
  },
  'odd-count': {
    text: "a histogram's count is not the sum of its buckets' counts: both are kept as sent and disagree in queries; send a count that is that sum",
    lost: false,
  },
  'delta-again': { text: 'a delta point that came again is counted once', lost: false },
};

/** Points that were accepted and could not be stored, since the store was opened. */
export class LeftOutPoints {
  private points = 0;
  private readonly recent: RecentRejections;

  constructor(now: () => number) {
    this.recent = new RecentRejections(now);
  }

  add(reason: LeftOutReason, metric: string, service: string): void {
    const { text, lost } = REASONS[reason];
    if (lost) this.points++;
    this.recent.add('points', { reason: text, count: 1, lost, metric, service });
  }

  read(): EngineStats['leftOut'] {
    return { points: this.points, reasons: this.recent.list() };
  }
}
