import type { Signal } from '../../wire/signal';
import type { Dictionary } from '../dictionary/dictionary';
import { MetricsDecoder } from '../metrics/metrics-decoder';
import type { SeriesTable } from '../metrics/series/series-table';
import { carriesTimes } from '../repeats/carries-times';
import type { FingerprintSet } from '../repeats/fingerprint-set';
import { hashRequest } from '../repeats/hash-request';
import type { RecentRequests } from '../repeats/recent-requests';
import type { UnfinishedSpans } from '../repeats/unfinished-spans';
import type { SequenceCounter } from '../tables/sequence-counter';
import type { WaitingRows } from '../tables/waiting-rows';
import { LogDecoder } from './decode-logs';
import { SpanDecoder } from './decode-spans';

export interface RequestDecoderParts {
  rows: WaitingRows;
  dictionary: Dictionary;
  series: SeriesTable;
  requests: RecentRequests;
  recentSpans: FingerprintSet;
  unfinished: UnfinishedSpans;
  spanSeq: SequenceCounter;
  logSeq: SequenceCounter;
}

/** Turns journalled requests into waiting rows. */
export class RequestDecoder {
  readonly metrics = new MetricsDecoder();
  private readonly spans: SpanDecoder;
  private readonly logs: LogDecoder;

  constructor(private readonly parts: RequestDecoderParts) {
    const { rows, dictionary, spanSeq, logSeq, recentSpans, unfinished } = parts;
    this.spans = new SpanDecoder(rows, dictionary, spanSeq, recentSpans, unfinished);
    this.logs = new LogDecoder(rows, dictionary, logSeq);
  }

  /** A retry of a request leaves no rows: it repeats the bytes, and in them times of its own. Throws on bytes that the receiver should not have let through, and leaves none either. */
  decode(signal: Signal, payload: Uint8Array, crc: number, receivedMs: number): void {
    if (!this.parts.requests.add(hashRequest(payload, crc, signal), receivedMs) && carriesTimes(signal, payload))
      return;
    const undo = this.mark(signal);
    try {
      if (signal === 'traces') this.spans.decode(payload, receivedMs);
      else if (signal === 'logs') this.logs.decode(payload, receivedMs);
      else this.metrics.decode(payload, receivedMs, this.parts.series);
    } catch (error) {
      undo();
      throw error;
    }
  }

  private mark(signal: Signal): () => void {
    const { rows, spanSeq, logSeq, unfinished } = this.parts;
    const items = [
      rows.spans,
      rows.events,
      rows.links,
      rows.sentTimes,
      rows.logs,
      rows.samples,
      rows.exemplars,
      rows.exponentialHistograms,
    ];
    const lengths = items.map((buffer) => buffer.length);
    const [span, log] = [spanSeq.value(), logSeq.value()];
    const superseded = unfinished.superseded.length;
    return () => {
      items.forEach((buffer, index) => {
        buffer.truncate(lengths[index]!);
      });
      for (const buffer of [rows.resources, rows.scopes, rows.series]) buffer.truncate(buffer.length);
      unfinished.undo(span, superseded);
      spanSeq.reset(span);
      logSeq.reset(log);
      if (signal === 'metrics') this.metrics.undo();
    };
  }
}
