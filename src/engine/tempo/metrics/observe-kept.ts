import type { Pace } from '../../pace/pace';
import type { QueryOptions, StoreReader } from '../../store/reader/reader';
import type { SpanCondition } from '../search/span-condition';
import type { Field, MetricsStage } from '../traceql/ast';
import { formatField } from '../traceql/format-expression';
import { isDuration } from './is-duration';
import { type BlocksOfQuestion, KEPT_ROWS, KeptBlocks } from './kept-blocks';
import { type ObservedRows, observeRows, selectObservations } from './observe-by-sql';
import type { MetricsRange } from './read-metrics-request';
import type { SeriesTable } from './series-table';

/** Intervals times blocks: where spans do not come in the order of their times, each block has groups of all intervals. */
const MOST_PARTS = 20_000;
/** Between kept blocks: each takes two statements. */
const MOST_STRETCHES = 8;
/** Of one statement: each row may be a group of its own where there is `by()`. */
const BLOCKS_AT_ONCE = 8;
const SECOND = 1_000_000_000n;

interface CountedBlock {
  readonly block: number;
  /** All of its rows are there, and in the range. */
  readonly whole: boolean;
}

/**
 * Observes the spans of a range, of blocks of rows that are full only where the same was not asked before. Answers false, with nothing observed,
 * where the question is none whose blocks can be kept.
 */
export async function observeKept(
  reader: StoreReader,
  stage: MetricsStage,
  condition: SpanCondition,
  range: MetricsRange,
  table: SeriesTable,
  pace: Pace,
  options: QueryOptions & { readonly exemplars: boolean },
): Promise<boolean> {
  const question = questionOf(stage, condition, range, options.exemplars);
  if (question === undefined) return false;
  const store = KeptBlocks.of(reader);
  let kept = await store.intact(question, reader, options);
  let stretches = stretchesBeside(kept);
  if (stretches.length > MOST_STRETCHES) {
    kept = new Map();
    stretches = stretchesBeside(kept);
  }
  const counted: CountedBlock[][] = [];
  for (const stretch of stretches) counted.push(await countBlocks(reader, range, stretch, options));
  const parts = kept.size + counted.reduce((sum, blocks) => sum + blocks.length, 0);
  if (parts * table.intervals > MOST_PARTS) return false;

  const first = Number(range.start / range.step);
  const atOnce = stage.by.length > 0 ? BLOCKS_AT_ONCE : Number.POSITIVE_INFINITY;
  for (const blocks of counted) {
    for (let from = 0; from < blocks.length; from += atOnce) {
      const part = blocks.slice(from, from + atOnce);
      const window = { from: BigInt(part[0]!.block) * KEPT_ROWS, to: BigInt(part.at(-1)!.block + 1) * KEPT_ROWS };
      const rows = await selectObservations(reader, stage, condition, range, window, {
        ...options,
        blockRows: KEPT_ROWS,
      });
      await observeRows(reader, stage, rows, table, pace);
      const rowsOf = rowsByBlock(rows);
      for (const { block, whole } of part)
        if (whole) store.keep(question, block, groupsOf(rows, rowsOf.get(block) ?? [], first));
    }
  }
  for (const rows of kept.values()) await observeRows(reader, stage, movedBy(rows, -first), table, pace);
  return true;
}

/**
 * Of two questions with the same text a block has the same: the filter looks at columns of the row alone, and intervals begin at multiples of the
 * step. Sums are none: added in another order, they differ in their last digits.
 */
function questionOf(
  stage: MetricsStage,
  condition: SpanCondition,
  { start, step }: MetricsRange,
  exemplars: boolean,
): string | undefined {
  const filter = condition.sql({ from: 0n, to: 1n });
  const looksElsewhere = /\bselect\b/i.test(filter) || filter !== condition.sql({ from: 1n, to: 2n });
  const isAligned = step >= SECOND && start % step === 0n;
  const isSum = /^(?:sum|avg)_/.test(stage.function);
  if (looksElsewhere || !isAligned || isSum || !stage.by.every(isOwnNumber)) return undefined;
  if (stage.field && !isDuration(stage.field)) return undefined;
  return JSON.stringify([stage.function, stage.by.map(formatField), filter, String(step), exemplars]);
}

function isOwnNumber(field: Field): boolean {
  return field.type === 'attribute' ? field.scope === 'resource' : field.name !== 'duration';
}

/** Rows that no kept block has, in their order. */
function stretchesBeside(kept: BlocksOfQuestion): { from: bigint; to?: bigint }[] {
  const stretches: { from: bigint; to?: bigint }[] = [];
  let from = 0n;
  for (const block of [...kept.keys()].sort((a, b) => a - b)) {
    const to = BigInt(block) * KEPT_ROWS;
    if (to > from) stretches.push({ from, to });
    from = to + KEPT_ROWS;
  }
  return [...stretches, { from }];
}

/** The blocks with rows in the range, in their order. */
async function countBlocks(
  reader: StoreReader,
  range: MetricsRange,
  { from, to }: { readonly from: bigint; readonly to?: bigint },
  options: QueryOptions,
): Promise<CountedBlock[]> {
  const { columns, rowCount } = await reader.database.columns(
    `SELECT (seq // ${KEPT_ROWS}::UBIGINT)::UINTEGER, (count(*) = ${KEPT_ROWS})::UTINYINT FROM spans
     WHERE seq >= ${from}::UBIGINT ${to === undefined ? '' : `AND seq < ${to}::UBIGINT`}
       AND start_ns > ${range.start}::UBIGINT AND start_ns <= ${range.end}::UBIGINT GROUP BY 1 ORDER BY 1`,
    [],
    options,
  );
  const [blocks, whole] = columns as [Uint32Array, Uint8Array];
  return Array.from({ length: rowCount }, (_, row) => ({ block: blocks[row]!, whole: whole[row] === 1 }));
}

function rowsByBlock({ rowCount, blocks }: ObservedRows): ReadonlyMap<number, number[]> {
  const rows = new Map<number, number[]>();
  for (let row = 0; row < rowCount; row++) {
    const own = rows.get(blocks[row]!);
    if (own) own.push(row);
    else rows.set(blocks[row]!, [row]);
  }
  return rows;
}

/** These groups alone, their intervals moved by `first`. */
function groupsOf(rows: ObservedRows, own: readonly number[], first: number): ObservedRows {
  const of = (column: ArrayLike<number | string>) => Float64Array.from(own, (row) => Number(column[row]));
  const [count, seq, sum, min, max] = rows.measures;
  return {
    ...{ rowCount: own.length, blocks: of(rows.blocks), exponents: of(rows.exponents), groups: rows.groups.map(of) },
    intervals: Float64Array.from(own, (row) => rows.intervals[row]! + first),
    measures: [of(count), of(seq), of(sum), of(min), of(max)],
  };
}

function movedBy(rows: ObservedRows, by: number): ObservedRows {
  return { ...rows, intervals: Float64Array.from(rows.intervals, (interval) => interval + by) };
}
