import type { Pace } from '../../pace/pace';
import type { SpanIndexReader, StoreReader } from '../../store/reader/reader';
import { DURATION_UNKNOWN } from '../../store/reader/span-times';
import type { TraceId } from '../store/trace-id';

/** What an exemplar tells of a span. */
export interface ExemplarSpan {
  readonly trace: TraceId;
  readonly startNs: bigint;
  /** Of what is summed up, as it is told: durations in seconds. Undefined where the span has none. */
  readonly value: number | undefined;
}

/** About 200 bytes each. */
const MOST_SPANS = 4000;

/** Spans that were exemplars of durations, by their seq: they lie far apart, and reading a few looks through all rows between. */
export class ExemplarSpans {
  private static readonly ofIndex = new WeakMap<SpanIndexReader, ExemplarSpans>();
  private readonly spans = new Map<number, ExemplarSpan>();

  /** Those of the opened database. */
  static of(reader: StoreReader): ExemplarSpans {
    const opened = reader.spanIndex();
    const spans = ExemplarSpans.ofIndex.get(opened) ?? new ExemplarSpans();
    ExemplarSpans.ofIndex.set(opened, spans);
    return spans;
  }

  /** Without those that are not stored. A row that was deleted is asked for no more: what counted it is counted again without it. */
  async read(reader: StoreReader, seqs: readonly number[], pace: Pace): Promise<Map<number, ExemplarSpan>> {
    const missing = seqs.filter((seq) => !this.spans.has(seq));
    const fresh = new Map<number, ExemplarSpan>();
    if (missing.length > 0) {
      const { columns, rowCount } = await reader.database.columns(
        `SELECT seq, trace_hi, trace_lo, start_ns, duration_ns, times FROM spans
         WHERE seq IN (SELECT unnest([${missing.map((seq) => `${seq}::UBIGINT`).join(',')}]))`,
        [],
        { signal: pace.signal },
      );
      const [seq, hi, lo, start, duration, times] = columns as readonly ArrayLike<bigint | number>[] as [
        ...[BigUint64Array, BigUint64Array, BigUint64Array, BigUint64Array, BigUint64Array],
        Uint8Array,
      ];
      for (let row = 0; row < rowCount; row++) {
        const isKnown = (times[row]! & DURATION_UNKNOWN) === 0;
        fresh.set(Number(seq[row]), {
          trace: { hi: hi[row]!, lo: lo[row]! },
          startNs: start[row]!,
          value: isKnown ? Number(duration[row]) / 1e9 : undefined,
        });
      }
    }
    const found = new Map<number, ExemplarSpan>();
    for (const seq of seqs) {
      const span = fresh.get(seq) ?? this.spans.get(seq);
      if (span) found.set(seq, span);
    }
    if (this.spans.size + fresh.size > MOST_SPANS) this.spans.clear();
    for (const [seq, span] of fresh) this.spans.set(seq, span);
    return found;
  }
}
