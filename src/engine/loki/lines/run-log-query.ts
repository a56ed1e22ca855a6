import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import type { Selection } from '../logql/ast';
import { compilePipeline } from '../pipeline/compile-pipeline';
import type { LogLabels } from '../pipeline/log-labels';
import { BatchSize } from '../records/batch-size';
import { type LogRecord, labelsOf, readRecords, recordColumns } from '../records/read-records';
import { readRows } from '../records/read-rows';
import { RepeatedLines } from '../records/repeated-lines';
import type { LogCatalog } from '../selection/log-catalog';
import { hasFilter, planSelection } from '../selection/plan-selection';
import { ubigint } from '../selection/sql-parameters';
import { AnswerBudget } from './answer-budget';

export interface LogQuery {
  readonly selection: Selection;
  /** Nanoseconds; the start belongs to the range, the end does not. */
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly limit: number;
  readonly direction: 'forward' | 'backward';
  /** Nanoseconds between one line of the answer and the next, at least; all lines without it. */
  readonly intervalNs?: bigint;
  /** Rows that arrived later are left out. */
  readonly lastSeq?: bigint;
}

export interface LogEntry {
  readonly timeNs: bigint;
  readonly line: string;
  readonly labels: LogLabels;
}

export interface LogAnswer {
  /** In the order of the query's direction. */
  readonly entries: readonly LogEntry[];
  /** Lines that went through the pipeline, and their bytes. */
  readonly processed: { readonly lines: number; readonly bytes: number };
}

// A line may be a MiB long, which is known only once some were read.
const firstBatch = 256;
const largestBatch = 16_000;

/** Runs a log query. Rows come newest (or oldest) first in bounded batches until the limit is reached. */
export async function runLogQuery(
  reader: StoreReader,
  catalog: LogCatalog,
  query: LogQuery,
  signal?: AbortSignal,
): Promise<LogAnswer> {
  const pipeline = compilePipeline(query.selection.stages);
  const plan = await planSelection(query.selection, reader, catalog);
  const entries: LogEntry[] = [];
  const processed = { lines: 0, bytes: 0 };
  if (!plan) return { entries, processed };
  const filtered = hasFilter(plan.stages);
  const run = plan.stages.length === query.selection.stages.length ? pipeline : compilePipeline(plan.stages);
  const pace = new Pace(signal);
  const budget = new AnswerBudget();
  const batch = new BatchSize(Math.min(filtered ? firstBatch : query.limit, firstBatch), largestBatch);
  let after: LogRecord | undefined;
  const repeats = new RepeatedLines();
  while (entries.length < query.limit) {
    const { rows, limit } = await readRows(
      reader.database,
      `SELECT ${recordColumns} FROM logs WHERE ${timeRange(query, after)} AND ${plan.where} ${order(query)}`,
      plan.parameters,
      batch.rows,
      signal ? { signal } : {},
    );
    let bytes = 0;
    for (const record of await readRecords(rows, reader.dictionary, pace)) {
      if (pace.isDue()) await pace.turn();
      const isRepeated = repeats.firstOf(record) !== undefined;
      after = record;
      processed.lines++;
      bytes += record.line.length;
      if (isRepeated) continue;
      const labels = labelsOf(record);
      const line = run(record.line, labels, record.timeNs);
      if (line === null || isTooNear(entries.at(-1), record, query)) continue;
      budget.hold(line, labels.parsed);
      entries.push({ timeNs: record.timeNs, line, labels });
      if (entries.length === query.limit) break;
    }
    processed.bytes += bytes;
    if (rows.rowCount < limit) break;
    batch.learn(rows.rowCount, bytes);
  }
  return { entries, processed };
}

function isTooNear(last: LogEntry | undefined, { timeNs }: LogRecord, { intervalNs, direction }: LogQuery): boolean {
  if (!last || !intervalNs) return false;
  return (direction === 'backward' ? last.timeNs - timeNs : timeNs - last.timeNs) < intervalNs;
}

function order({ direction }: LogQuery): string {
  return direction === 'backward' ? 'ORDER BY time_ns DESC, seq DESC' : 'ORDER BY time_ns, seq';
}

function timeRange({ startNs, endNs, direction, lastSeq }: LogQuery, after: LogRecord | undefined): string {
  const arrived = lastSeq === undefined ? '' : ` AND seq <= ${ubigint(lastSeq)}`;
  const range = `time_ns >= ${ubigint(startNs)} AND time_ns < ${ubigint(endNs)}${arrived}`;
  if (!after) return range;
  const [time, seq] = [ubigint(after.timeNs), ubigint(after.seq)];
  const [bound, beyond] = direction === 'backward' ? ['<=', '<'] : ['>=', '>'];
  return `${range} AND time_ns ${bound} ${time} AND (time_ns <> ${time} OR seq ${beyond} ${seq})`;
}
