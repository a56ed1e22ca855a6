import type { HostStatus, RecentRejection } from '../../shared/contract/host';

type Ingest = HostStatus['ingest'];
type Rates = Ingest['rates'];

/** Counters that only grow while one process counts. `requests` grows with each request that brought anything. */
export interface IngestCounters {
  /** Unix milliseconds. */
  at: number;
  accepted: Rates & { requests: number };
  rejected: Rates;
  rejections?: readonly RecentRejection[];
  leftOut?: { readonly points: number; readonly reasons: readonly RecentRejection[] };
}

const MAX_REJECTIONS = 20;

const none: Rates = { spans: 0, logs: 0, points: 0 };
const historySeconds = 120;

/** Turns a backend's counters into rates, totals and the history of the last two minutes. */
export class IngestMeter {
  private last: IngestCounters | null = null;
  private rates = none;
  private lastReceivedAt: number | null = null;
  private history: Ingest['history'] = [];

  add(stats: IngestCounters): void {
    // Counters start at 0 with every engine process.
    const previous = this.last && this.last.accepted.requests <= stats.accepted.requests ? this.last : null;
    const seconds = previous ? Math.max(0.001, (stats.at - previous.at) / 1000) : 1;
    const rate = (key: keyof Rates) => (stats.accepted[key] - (previous?.accepted[key] ?? 0)) / seconds;
    this.rates = { spans: rate('spans'), logs: rate('logs'), points: rate('points') };
    if (stats.accepted.requests > (previous?.accepted.requests ?? 0)) this.lastReceivedAt = stats.at;
    const history = [...this.history, { at: stats.at, ...this.rates }].slice(-historySeconds);
    this.history = history.some(({ spans, logs, points }) => spans + logs + points > 0) ? history : [];
    this.last = stats;
  }

  /** The backend is gone: nothing arrives. */
  stop(): void {
    this.last = null;
    this.rates = none;
  }

  read(): Ingest {
    return {
      rates: this.rates,
      totals: pick(this.last?.accepted),
      rejected: pick(this.last?.rejected),
      leftOut: this.last?.leftOut?.points ?? 0,
      rejections: newestFirst([...(this.last?.rejections ?? []), ...(this.last?.leftOut?.reasons ?? [])]),
      lastReceivedAt: this.lastReceivedAt,
      history: this.history,
    };
  }
}

function pick(counters: Rates | undefined): Rates {
  return counters ? { spans: counters.spans, logs: counters.logs, points: counters.points } : none;
}

function newestFirst(rejections: RecentRejection[]): RecentRejection[] {
  return rejections.sort((a, b) => b.at - a.at).slice(0, MAX_REJECTIONS);
}
