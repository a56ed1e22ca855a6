import type { HostStatus } from '../../shared/contract/host';
import type { EngineStats } from '../../shared/engine-messages';

type Ingest = HostStatus['ingest'];
type Rates = Ingest['rates'];

const none: Rates = { spans: 0, logs: 0, points: 0 };
const historySeconds = 120;

/** Turns the engine's counters into rates, totals and the history of the last two minutes. */
export class IngestMeter {
  private last: EngineStats | null = null;
  private rates = none;
  private lastReceivedAt: number | null = null;
  private history: Ingest['history'] = [];

  add(stats: EngineStats): void {
    // Counters start at 0 with every engine process.
    const previous = this.last && this.last.accepted.requests <= stats.accepted.requests ? this.last : null;
    const seconds = previous ? Math.max(0.001, (stats.at - previous.at) / 1000) : 1;
    const rate = (key: keyof Rates) => (stats.accepted[key] - (previous?.accepted[key] ?? 0)) / seconds;
    this.rates = { spans: rate('spans'), logs: rate('logs'), points: rate('points') };
    if (stats.accepted.requests > (previous?.accepted.requests ?? 0)) this.lastReceivedAt = stats.at;
    this.history = [...this.history, { at: stats.at, ...this.rates }].slice(-historySeconds);
    this.last = stats;
  }

  /** The engine is gone: nothing arrives. */
  stop(): void {
    this.last = null;
    this.rates = none;
  }

  read(): Ingest {
    return {
      rates: this.rates,
      totals: pick(this.last?.accepted),
      rejected: pick(this.last?.rejected),
      lastReceivedAt: this.lastReceivedAt,
      history: this.history,
    };
  }
}

function pick(counters: Rates | undefined): Rates {
  return counters ? { spans: counters.spans, logs: counters.logs, points: counters.points } : none;
}
