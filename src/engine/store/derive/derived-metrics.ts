import type { MetricSink } from '../metric-sink';
import type { StoreReader } from '../reader';
import { collectServiceGraph } from './collect-service-graph';
import { collectSpanMetrics } from './collect-span-metrics';
import { Instruments } from './instruments';
import { PeerAttributes } from './peer-attributes';

/** How often to collect: the halves of a service graph's edge find each other when they arrive within as much. */
export const DERIVE_EVERY_MS = 10_000;

/** Of every name, so that 4,000 spans and edges can be told apart: latencies have 17 series, calls one. */
const MAX_LABEL_SETS = 8_000;

/** What one collection found, to be written in the store's turn and committed with its position. */
export interface DerivedBatch {
  /** Spans before this `seq` are counted once the batch is committed. */
  readonly position: bigint;
  write(sink: MetricSink): void;
}

/** Span metrics and service graph out of the spans that were committed since the last collection. */
export class DerivedMetrics {
  private readonly instruments = new Instruments(MAX_LABEL_SETS);
  private readonly peers = new PeerAttributes();
  /** Where the last three windows of arrival ended, oldest first. */
  private ends: [older: bigint, previous: bigint, current: bigint];

  /** `position`: the one committed last, or where the spans begin. */
  constructor(position: bigint) {
    this.ends = [position, position, position];
  }

  /**
   * Reads the spans up to `committedTo`. May run beside decoding and committing; one at a time, and each batch must be
   * written before the next is collected.
   */
  async collect(reader: StoreReader, committedTo: bigint, nowMs: number): Promise<DerivedBatch> {
    const [oldest, older, previous] = this.ends;
    const current = { from: previous, to: committedTo };
    const windows = { older: { from: oldest, to: older }, previous: { from: older, to: previous }, current };
    const isIdle = oldest === committedTo;
    const updates = isIdle
      ? []
      : [await collectSpanMetrics(reader, current), await collectServiceGraph(reader, windows, this.peers)];
    return {
      position: committedTo,
      write: (sink) => {
        this.ends = [older, previous, committedTo];
        for (const update of updates) update(this.instruments, sink, nowMs);
        this.instruments.write(sink, nowMs);
      },
    };
  }

  /** Spans and requests that were counted together, for there are too many label sets; 0 when no more of them come. */
  overflow(nowMs: number): number {
    return this.instruments.overflow(nowMs);
  }

  /** After retention has deleted series, and with them attributes. */
  forget(series: ReadonlySet<number>): void {
    this.instruments.forget(series);
    this.peers.clear();
  }
}
