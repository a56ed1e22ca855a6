import type { MetricSink } from '../metrics/series/metric-sink';
import type { StoreReader } from '../reader/reader';
import { collectServiceGraph } from './collect-service-graph';
import { collectSpanMetrics } from './collect-span-metrics';
import { Instruments } from './instruments';
import { PeerAttributes } from './peer-attributes';

/** How often to collect: the halves of a service graph's edge find each other when they arrive within as much. */
export const DERIVE_EVERY_MS = 10_000;

/** Of every name: latencies have 17 series, calls one, and there may be 50,000 series of both. */
const MAX_SPAN_SETS = 8_000;
/** Span names are what there are too many of: services and their errors stay apart. */
const KEPT_OF_SPANS = ['service', 'span_kind', 'status_code'];
/** Of 250 edges at least. They are not to go because spans have many names: their few series may be beyond the cap. */
const MAX_EDGE_SETS = 1_000;

/** What one collection found, to be written in the store's turn and committed with its position. */
export interface DerivedBatch {
  /** Spans before this `seq` are counted once the batch is committed. */
  readonly position: bigint;
  /** Spans before this are counted then, also those that are not finished. */
  readonly countedTo: bigint;
  write(sink: MetricSink): void;
}

/** Span metrics and service graph out of the spans that were committed since the last collection. */
export class DerivedMetrics {
  private readonly ofSpans = new Instruments(MAX_SPAN_SETS, KEPT_OF_SPANS);
  private readonly ofEdges = new Instruments(MAX_EDGE_SETS, [], true);
  private readonly peers = new PeerAttributes();
  /** Where the last three windows of arrival ended, oldest first. */
  private ends: [older: bigint, previous: bigint, current: bigint];

  /** `position`: the one committed last, or where the spans begin. */
  constructor(position: bigint) {
    this.ends = [position, position, position];
  }

  /**
   * Reads the spans up to `committedTo`; of `repeated` the unfinished one was counted. May run beside decoding and committing; one at a time, and each batch must be
   * written before the next is collected.
   */
  async collect(
    reader: StoreReader,
    committedTo: bigint,
    nowMs: number,
    repeated: readonly bigint[],
  ): Promise<DerivedBatch> {
    const [oldest, older, previous] = this.ends;
    const current = { from: previous, to: committedTo };
    const windows = { older: { from: oldest, to: older }, previous: { from: older, to: previous }, current };
    const isIdle = oldest === committedTo;
    const addSpans = isIdle ? null : await collectSpanMetrics(reader, windows, repeated);
    const addEdges = isIdle ? null : await collectServiceGraph(reader, windows, this.peers, repeated);
    return {
      position: committedTo,
      countedTo: older,
      write: (sink) => {
        this.ends = [older, previous, committedTo];
        addSpans?.(this.ofSpans, sink, nowMs);
        addEdges?.(this.ofEdges, sink, nowMs);
        this.ofSpans.write(sink, nowMs);
        this.ofEdges.write(sink, nowMs);
      },
    };
  }

  /** Spans and requests that were counted together, for there are too many label sets; 0 when no more of them come. */
  overflow(nowMs: number): number {
    return this.ofSpans.overflow(nowMs) + this.ofEdges.overflow(nowMs);
  }

  /** After retention has deleted series, and with them attributes. */
  forget(series: ReadonlySet<number>): void {
    this.ofSpans.forget(series);
    this.ofEdges.forget(series);
    this.peers.clear();
  }
}
