import type { Dictionary } from './dictionary/dictionary';
import type { SeriesTable } from './metrics/series/series-table';
import type { SpanIndex } from './span-index/span-index';
import type { SequenceCounter } from './tables/sequence-counter';
import type { WaitingRows } from './tables/waiting-rows';

/** An epoch lasts at most so long while telemetry arrives. */
export const EPOCH_MS = 10_000;
/** A dictionary entry is deleted when a later generation has become the oldest with rows. */
const GENERATION_MS = 6 * 3_600_000;

interface EpochParts {
  readonly rows: WaitingRows;
  readonly dictionary: Dictionary;
  readonly series: SeriesTable;
  readonly spanSeq: SequenceCounter;
  readonly logSeq: SequenceCounter;
  readonly spanIndex: SpanIndex;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/**
 * Which numbers rows had at which time, so that retention knows what arrived before a time. Some epochs begin a generation
 * of the dictionary: what comes after it has entries of its own.
 */
export class Epochs {
  private epochMs = 0;
  private generationMs = 0;

  constructor(private readonly parts: EpochParts) {}

  /** To be asked before something is decoded; a row waits then where an epoch begins. */
  advance(): void {
    const now = this.parts.now();
    if (this.parts.dictionary.isFull() || now - this.generationMs >= GENERATION_MS) this.startGeneration(now);
    else if (now - this.epochMs >= EPOCH_MS) this.add(0);
  }

  startGeneration(now: number): void {
    const { dictionary, spanIndex, spanSeq } = this.parts;
    this.generationMs = now;
    dictionary.startGeneration();
    spanIndex.startGeneration({ spanSeq: spanSeq.value(), attributeId: dictionary.nextIds().attribute });
    this.add(1);
  }

  private add(generation: 0 | 1): void {
    const { rows, dictionary, series, spanSeq, logSeq, now } = this.parts;
    const { epochs } = rows;
    const { columns } = epochs;
    const ids = dictionary.nextIds();
    const row = epochs.next();
    this.epochMs = now();
    columns.startedMs.setNumber(row, this.epochMs);
    columns.spanSeq.setBigint(row, spanSeq.value());
    columns.logSeq.setBigint(row, logSeq.value());
    columns.stringId.data[row] = ids.string;
    columns.attributeId.data[row] = ids.attribute;
    columns.resourceId.data[row] = ids.resource;
    columns.scopeId.data[row] = ids.scope;
    columns.seriesId.data[row] = series.nextId;
    columns.generation.data[row] = generation;
    epochs.length++;
  }
}
