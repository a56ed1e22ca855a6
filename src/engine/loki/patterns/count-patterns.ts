import { readLogLevel } from '../../../shared/log-level';
import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import { type LogQuery, runLogQuery } from '../lines/run-log-query';
import type { Stage } from '../logql/ast';
import { QueryError } from '../logql/query-error';
import { requiredLabels } from '../metrics/required-labels';
import { compilePipeline } from '../pipeline/compile-pipeline';
import { LogLabels } from '../pipeline/log-labels';
import { levelOfLine } from '../records/detect-level';
import { leaveOutRepeats } from '../selection/leave-out-repeats';
import { LogCatalog } from '../selection/log-catalog';
import { planSelection, type SelectionPlan } from '../selection/plan-selection';
import { ubigint } from '../selection/sql-parameters';
import { BLOCK_ROWS, MinedLines } from './mined-lines';
import { type Pattern, PatternTable } from './pattern-table';

/** Of more rows the newest to arrive are counted. */
const MOST_ROWS = 5_000_000;
/** Where lines are changed or parsed by the query, so many of the newest are. */
const MOST_PARSED = 5000;
/** Of a block that was forgotten meanwhile. */
const NOT_MINED = new Uint32Array(BLOCK_ROWS);
/** Numbers that are held: of patterns times steps. */
const MOST_COUNTS = 8_000_000;

interface CountedPattern extends Pattern {
  readonly count: number;
  /** Lines by step. */
  readonly steps: ReadonlyMap<number, number>;
}

export interface CountedPatterns {
  /** The most frequent first. */
  readonly patterns: readonly CountedPattern[];
  /** Lines that the query finds; where not all were looked at, undefined if their number is not known. */
  readonly lines: number | undefined;
  readonly looked: number;
}

type PatternQuery = Pick<LogQuery, 'selection' | 'startNs' | 'endNs'> & {
  readonly stepNs: bigint;
  /** Where the steps begin, not after the start. */
  readonly gridNs: bigint;
};

/** How many lines of a query have which pattern, by steps. */
export async function countPatterns(
  reader: StoreReader,
  query: PatternQuery,
  signal: AbortSignal,
): Promise<CountedPatterns> {
  const plan = await planSelection(query.selection, reader, LogCatalog.of(reader));
  if (!plan) return { patterns: [], lines: 0, looked: 0 };
  return isOfLevels(plan.stages) ? countRows(reader, plan, query, signal) : countParsed(reader, query, signal);
}

/** Whether stages ask for the level alone, which a pattern has. */
function isOfLevels(stages: readonly Stage[]): boolean {
  return stages.every(
    (stage) => stage.kind === 'label-filter' && requiredLabels([stage]).every((name) => name === 'detected_level'),
  );
}

async function countRows(
  reader: StoreReader,
  plan: SelectionPlan,
  { startNs, endNs, stepNs, gridNs }: PatternQuery,
  signal: AbortSignal,
): Promise<CountedPatterns> {
  const { database } = reader;
  const { where, parameters } = await leaveOutRepeats(plan, reader, { from: startNs, to: endNs }, signal);
  const found = `time_ns >= ${ubigint(startNs)} AND time_ns < ${ubigint(endNs)} AND ${where}`;
  const [ends] = await database.rows<{ lines: number; first: bigint | null; last: bigint | null }>(
    `SELECT count(*)::DOUBLE AS lines, min(seq) AS first, max(seq) AS last FROM logs WHERE ${found}`,
    parameters,
    { signal },
  );
  if (ends?.first == null || ends.last == null) return { patterns: [], lines: 0, looked: 0 };
  const { lines } = ends;
  const newest = ends.last - BigInt(MOST_ROWS) + 1n;
  const first = newest > ends.first ? newest : ends.first;
  const firstBlock = Number(first / BigInt(BLOCK_ROWS));
  const base = firstBlock * BLOCK_ROWS;
  const rows = await database.columns(
    `SELECT (seq - ${ubigint(BigInt(base))})::UINTEGER, ((time_ns - ${ubigint(gridNs)}) // ${ubigint(stepNs)})::UINTEGER FROM logs
     WHERE seq >= ${ubigint(first)} AND seq <= ${ubigint(ends.last)} AND ${found}`,
    parameters,
    { signal },
  );
  const [seqs, steps] = rows.columns as [Uint32Array, Uint32Array];
  const blocks = new Set<number>();
  const inBlock = BLOCK_ROWS - 1;
  for (let row = 0, last = -1; row < rows.rowCount; row++) {
    const block = seqs[row]! & ~inBlock;
    if (block !== last) blocks.add(firstBlock + block / BLOCK_ROWS);
    last = block;
  }
  const mined = MinedLines.of(reader);
  await mined.mine([...blocks], Number(ends.last) + 1, signal);
  const { standing, pattern } = mined.table.finish();
  const pace = new Pace(signal);
  const tally = new StepTally(Number((endNs - gridNs) / stepNs) + 1);
  let last = -1;
  let patternsOfBlock: Uint32Array = NOT_MINED;
  for (let row = 0; row < rows.rowCount; row++) {
    const block = seqs[row]! & ~inBlock;
    if (block !== last) {
      last = block;
      if (pace.isDueAfter(4 * BLOCK_ROWS)) await pace.turn();
      patternsOfBlock = mined.patternsOf(firstBlock + block / BLOCK_ROWS) ?? NOT_MINED;
    }
    tally.add(standing[patternsOfBlock[seqs[row]! & inBlock]!]!, steps[row]!);
  }
  const passes = compilePipeline(plan.stages);
  const patterns = tally
    .finish(pattern)
    .filter(({ level }) => passes('', new LogLabels(new Map(), new Map([['detected_level', level]])), 0n) !== null);
  if (plan.stages.length === 0) return { patterns, lines, looked: rows.rowCount };
  const looked = patterns.reduce((sum, { count }) => sum + count, 0);
  return { patterns, lines: rows.rowCount === lines ? looked : undefined, looked };
}

async function countParsed(reader: StoreReader, query: PatternQuery, signal: AbortSignal): Promise<CountedPatterns> {
  const { startNs, endNs, stepNs, gridNs, selection } = query;
  const { entries } = await runLogQuery(
    reader,
    LogCatalog.of(reader),
    { selection, startNs, endNs, limit: MOST_PARSED, direction: 'backward' },
    signal,
  );
  const table = new PatternTable();
  const pace = new Pace(signal);
  const numbers: number[] = [];
  for (const { line, labels } of entries) {
    const level = readLogLevel(labels.get('detected_level') ?? '') ?? levelOfLine(line);
    numbers.push(table.add(labels.get('service_name') ?? '', level, line));
    if (pace.isDue()) await pace.turn();
  }
  const { standing, pattern } = table.finish();
  const tally = new StepTally(Number((endNs - gridNs) / stepNs) + 1);
  for (const [at, { timeNs }] of entries.entries())
    tally.add(standing[numbers[at]!]!, Number((timeNs - gridNs) / stepNs));
  const isWhole = entries.length < MOST_PARSED;
  return { patterns: tally.finish(pattern), lines: isWhole ? entries.length : undefined, looked: entries.length };
}

/** Counts by pattern and step. */
class StepTally {
  readonly #counts: (Uint32Array | undefined)[] = [];
  #held = 0;

  constructor(private readonly steps: number) {}

  add(number: number, step: number): void {
    const counts = this.#counts[number] ?? this.#make(number);
    counts[step]!++;
  }

  #make(number: number): Uint32Array {
    this.#held += this.steps;
    if (this.#held > MOST_COUNTS)
      throw new QueryError('too many patterns for so many steps: choose a longer step or a narrower query');
    const made = new Uint32Array(this.steps);
    this.#counts[number] = made;
    return made;
  }

  finish(pattern: (number: number) => Pattern): CountedPattern[] {
    const found: CountedPattern[] = [];
    for (const [number, counts] of this.#counts.entries()) {
      // Rows that retention took away meanwhile have no pattern.
      if (!counts || number === 0) continue;
      const steps = new Map<number, number>();
      let count = 0;
      for (let step = 0; step < counts.length; step++) {
        if (counts[step] === 0) continue;
        steps.set(step, counts[step]!);
        count += counts[step]!;
      }
      found.push({ ...pattern(number), count, steps });
    }
    return found.sort((a, b) => b.count - a.count || (a.template < b.template ? -1 : 1));
  }
}
