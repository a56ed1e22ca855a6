import type { QueryOptions, StoreReader } from '../../store/reader/reader';
import type { Query } from '../traceql/ast';
import { candidateCondition } from './candidate-condition';
import { type SearchWindow, searchWindows } from './search-windows';
import { never, type SpanCondition } from './span-condition';

/** Rows to be searched and the condition that holds for them. */
export interface ConditionedWindow {
  readonly condition: SpanCondition;
  readonly window: SearchWindow;
}

interface Part {
  /** The first row's `seq`. */
  readonly first: bigint;
  condition(): Promise<SpanCondition>;
}

/**
 * The rows of the newest generation of the dictionary and those before: for the newest, predicates need no test on the
 * attributes of all that is stored, and when they fill the limit nothing else is read.
 */
export class SearchParts {
  readonly newest: Part;
  private readonly older: Part | null;

  constructor(
    private readonly reader: StoreReader,
    private readonly query: Query,
    usesAttributes: boolean,
    private readonly options: QueryOptions,
  ) {
    const { spanSeq, attributeId } = reader.spanIndex().generation();
    this.newest = usesAttributes ? this.part(spanSeq, attributeId - 1) : this.part(0n, 0);
    this.older = usesAttributes ? this.part(0n, 0) : null;
  }

  /** All rows as one. */
  get whole(): Part {
    return this.older ?? this.newest;
  }

  /** The rows [first, end), newest first; a condition is compiled once its rows are wanted. */
  async *windows(first: bigint, end: bigint): AsyncGenerator<ConditionedWindow> {
    let partEnd = end;
    for (const part of this.older ? [this.newest, this.older] : [this.newest]) {
      const partFirst = part.first > first ? part.first : first;
      if (partFirst >= partEnd) continue;
      const condition = await part.condition();
      if (condition !== never) {
        const windows = searchWindows(partFirst, partEnd, condition.rows, this.reader.spanIndex());
        for await (const window of windows) yield { condition, window };
      }
      partEnd = partFirst;
    }
  }

  private part(first: bigint, after: number): Part {
    let compiled: Promise<SpanCondition> | undefined;
    const condition = () => {
      compiled ??= candidateCondition(this.reader, this.query, this.options, after);
      return compiled;
    };
    return { first, condition };
  }
}
