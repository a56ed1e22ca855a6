import { encodeAttribute, encodeDouble } from '../otlp-json/encode-value';
import { omitZeroValues } from '../otlp-json/omit-zero-values';
import type { StoreReader } from '../store/reader/reader';
import { formatSpanId, formatTraceId } from '../tempo/store/trace-id';
import { type ExportRange, rangeCondition } from './export-range';
import type { MetricStream } from './metric-stream';
import type { StreamPlan } from './plan-streams';

interface ExemplarRow {
  readonly series: number;
  readonly time_ms: number;
  readonly value: number;
  readonly trace_hi: bigint;
  readonly trace_lo: bigint;
  readonly span_id: bigint;
  readonly attributes: readonly number[];
}

interface QueuedExemplar {
  readonly stream: MetricStream;
  readonly timeMs: number;
  readonly exemplar: object;
}

/** Exemplars that wait for a point of their stream: those of the window at hand and of the one before it. */
export class ExemplarQueue {
  private recent: QueuedExemplar[] = [];
  private waiting = new Map<MetricStream, QueuedExemplar[]>();

  constructor(
    private readonly reader: StoreReader,
    private readonly plan: StreamPlan,
  ) {}

  async load(window: ExportRange, signal: AbortSignal): Promise<void> {
    const rows = await this.reader.database.rows<ExemplarRow>(
      `SELECT series, time_ms::DOUBLE AS time_ms, value, trace_hi, trace_lo, span_id, attributes FROM exemplars
       WHERE ${rangeCondition('time_ms', 'ms', window)} ORDER BY time_ms, rowid`,
      [],
      { signal },
    );
    const attributes = await this.reader.dictionary.attributes(new Set(rows.flatMap((row) => row.attributes)));
    const loaded = rows.flatMap((row): QueuedExemplar[] => {
      const stream = this.plan.role(row.series)?.stream;
      if (stream === undefined || stream.kind === 'gauge') return [];
      const filtered = row.attributes.flatMap((id) => attributes.get(id) ?? []).map(encodeAttribute);
      return [{ stream, timeMs: row.time_ms, exemplar: encodeExemplar(row, filtered) }];
    });
    const left = new Set([...this.waiting.values()].flat());
    const kept = [...this.recent.filter((exemplar) => left.has(exemplar)), ...loaded];
    this.recent = loaded;
    this.waiting = new Map();
    for (const exemplar of kept) {
      const queue = this.waiting.get(exemplar.stream);
      if (queue) queue.push(exemplar);
      else this.waiting.set(exemplar.stream, [exemplar]);
    }
  }

  /** The field `exemplars` of a point, absent where none waits. */
  take(stream: MetricStream, timeMs: number): { exemplars?: object[] } {
    const queue = this.waiting.get(stream);
    if (queue === undefined) return {};
    const taken = queue.filter((exemplar) => exemplar.timeMs <= timeMs);
    if (taken.length === 0) return {};
    if (taken.length === queue.length) this.waiting.delete(stream);
    else
      this.waiting.set(
        stream,
        queue.filter((exemplar) => exemplar.timeMs > timeMs),
      );
    return { exemplars: taken.map(({ exemplar }) => exemplar) };
  }
}

function encodeExemplar(row: ExemplarRow, filteredAttributes: readonly object[]): object {
  const hasTrace = (row.trace_hi | row.trace_lo) !== 0n;
  const fields = omitZeroValues({
    filteredAttributes,
    timeUnixNano: `${row.time_ms}000000`,
    spanId: row.span_id === 0n ? '' : formatSpanId(row.span_id),
    traceId: hasTrace ? formatTraceId({ hi: row.trace_hi, lo: row.trace_lo }) : '',
  });
  return { ...fields, asDouble: encodeDouble(row.value) };
}
