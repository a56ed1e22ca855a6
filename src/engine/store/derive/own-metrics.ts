import type { SeriesTable } from '../metrics/series/series-table';
import type { StoreReader } from '../reader/reader';
import type { WaitingRows } from '../tables/waiting-rows';
import { type DerivedBatch, DerivedMetrics } from './derived-metrics';
import { type EngineReport, SelfMetrics } from './self-metrics';

interface OwnMetricsParts {
  readonly rows: WaitingRows;
  readonly series: SeriesTable;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** The metrics that nobody sent: those that spans give, and those about the engine itself. */
export class OwnMetrics {
  private readonly derived: DerivedMetrics;
  private readonly self: SelfMetrics;

  /** `derivedSpanSeq`: spans before it are counted. */
  constructor(
    private readonly parts: OwnMetricsParts,
    derivedSpanSeq: bigint,
  ) {
    this.derived = new DerivedMetrics(derivedSpanSeq);
    this.self = new SelfMetrics(parts.series.series.values());
  }

  /** Series about the engine itself; they are in no count. */
  get selfSeries(): ReadonlySet<number> {
    return this.self.series;
  }

  /** Spans and requests that derived metrics count together for want of room. */
  overflow(): number {
    return this.derived.overflow(this.parts.now());
  }

  /** Counts the spans before `end` since the last time; `repeated`: those whose call is counted already. */
  collectDerived(reader: StoreReader, end: bigint, repeated: readonly bigint[]): Promise<DerivedBatch> {
    return this.derived.collect(reader, end, this.parts.now(), repeated);
  }

  /** Adds what was collected to the rows that wait. */
  addDerived(batch: DerivedBatch): void {
    batch.write(this.parts.series);
    const { derived } = this.parts.rows;
    derived.columns.spanSeq.setBigint(derived.next(), batch.position);
    derived.length++;
  }

  /** Adds the metrics about the engine to the rows that wait. */
  addSelf(report: EngineReport, storeBytes: number): void {
    this.self.write(this.parts.series, this.parts.now(), report, storeBytes);
  }

  /** Samples about the engine that were added since the last time. */
  takeSelfWritten(): number {
    return this.self.takeWritten();
  }

  /** After retention has deleted series. */
  forget(gone: readonly number[]): void {
    this.derived.forget(new Set(gone));
    this.self.forget(gone);
  }
}
