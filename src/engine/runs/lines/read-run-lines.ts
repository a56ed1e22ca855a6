import type { LineFacts } from '../../../shared/shapes/span-facts';
import { type LogRecord, readRecords, recordColumns } from '../../loki/records/read-records';
import { readRows } from '../../loki/records/read-rows';
import { leaveOutRepeats } from '../../loki/selection/leave-out-repeats';
import { Pace } from '../../pace/pace';
import type { SqlValue, StoreReader } from '../../store/reader/reader';
import type { RunScope } from '../counting/run-scope';

/** Lines that are equal, of which this is one. */
export interface CountedLine extends LineFacts {
  readonly count: number;
}

const BATCH = 4000;
/** So many lines are read one by one; of more, those of one text are counted together. */
const READ_ONE_BY_ONE = 20_000;
/** Of more different texts not all are read. */
const MOST_TEXTS = 100_000;
/** Rows that are grouped in one statement. */
const GROUPED_ROWS = 200_000n;

interface Plan {
  readonly where: string;
  readonly parameters: readonly SqlValue[];
}

/** The lines of a run, in the order of their arrival. Answers how many there are that were not read. */
export async function* readRunLines(
  reader: StoreReader,
  scope: RunScope,
  signal: AbortSignal,
): AsyncGenerator<CountedLine, number> {
  const [row] = await reader.database.rows<{
    lines: bigint;
    first: bigint | null;
    last: bigint | null;
    from: bigint | null;
    to: bigint | null;
  }>(
    `SELECT count(*) AS lines, min(seq) AS first, max(seq) AS last, min(time_ns) AS "from", max(time_ns) AS "to"
     FROM logs WHERE ${scope.logs}`,
    [],
    { signal },
  );
  if (row?.first == null || row.last == null || row.from == null || row.to == null) return 0;
  const range = { from: row.from, to: row.to + 1n };
  const plan: Plan = await leaveOutRepeats({ where: scope.logs, parameters: [] }, reader, range, signal);
  const rows = { from: row.first, to: row.last + 1n };
  if (row.lines <= READ_ONE_BY_ONE) {
    yield* oneByOne(reader, plan, rows, signal);
    return 0;
  }
  return yield* byText(reader, plan, rows, signal);
}

async function* oneByOne(
  reader: StoreReader,
  { where, parameters }: Plan,
  rows: { from: bigint; to: bigint },
  signal: AbortSignal,
): AsyncGenerator<CountedLine> {
  for (let from = rows.from; ; ) {
    const batch = await readRows(
      reader.database,
      `SELECT ${recordColumns} FROM logs WHERE seq >= ${from}::UBIGINT AND ${where} ORDER BY seq`,
      parameters,
      BATCH,
      { signal },
    );
    const records = await readRecords(batch.rows, reader.dictionary, new Pace(signal));
    for (const record of records) yield lineOf(record, 1);
    if (batch.rows.rowCount < batch.limit) return;
    from = records.at(-1)!.seq + 1n;
  }
}

async function* byText(
  reader: StoreReader,
  { where, parameters }: Plan,
  rows: { from: bigint; to: bigint },
  signal: AbortSignal,
): AsyncGenerator<CountedLine, number> {
  let texts = 0;
  let unread = 0;
  for (let from = rows.from; from < rows.to; from += GROUPED_ROWS) {
    const { columns } = await reader.database.columns(
      `SELECT min(seq), count(*)::DOUBLE FROM logs
       WHERE seq >= ${from}::UBIGINT AND seq < ${from + GROUPED_ROWS}::UBIGINT AND ${where}
       GROUP BY resource, severity, severity_text, body ORDER BY 1`,
      parameters,
      { signal },
    );
    const [seqs, counts] = columns as [BigUint64Array, Float64Array];
    for (let at = 0; at < seqs.length; at += BATCH) {
      const wanted = seqs.subarray(at, at + BATCH);
      if (texts >= MOST_TEXTS) {
        for (let i = at; i < at + wanted.length; i++) unread += counts[i]!;
        continue;
      }
      texts += wanted.length;
      const found = await readRows(
        reader.database,
        `SELECT ${recordColumns} FROM logs WHERE seq BETWEEN ${wanted[0]}::UBIGINT AND ${wanted.at(-1)}::UBIGINT
         AND seq IN (SELECT unnest($1::UBIGINT[])) ORDER BY seq`,
        [`[${wanted.join(',')}]`],
        BATCH,
        { signal },
      );
      const records = await readRecords(found.rows, reader.dictionary, new Pace(signal));
      const countOf = new Map(Array.from(wanted, (seq, i) => [seq, counts[at + i]!]));
      for (const record of records) yield lineOf(record, countOf.get(record.seq) ?? 1);
      // Where the texts are too long for one statement, those behind them were not read.
      for (let i = records.length; i < wanted.length; i++) unread += counts[at + i]!;
    }
  }
  return unread;
}

function lineOf({ line, stream, metadata }: LogRecord, count: number): CountedLine {
  const traceId = metadata.get('trace_id');
  const spanId = metadata.get('span_id');
  return {
    service: stream.labels.get('service_name') ?? '',
    level: metadata.get('detected_level') ?? 'unknown',
    line,
    count,
    ...(traceId !== undefined && { traceId }),
    ...(spanId !== undefined && { spanId }),
  };
}
