import { takeThrown } from '../../shared/errors/take-thrown';
import { levelOfSeverity, readLogLevel } from '../../shared/log-level';
import { levelOfLine } from '../loki/records/detect-level';
import { readRows } from '../loki/records/read-rows';
import { Pace } from '../pace/pace';
import type { Columns } from '../store/reader/reader';
import { cutText } from './cut-text';
import { describeLine } from './describe-telling';
import { HANDLED, IS_LINE, LOG, UNHANDLED } from './error-rows';
import type { Reading } from './reading';
import { type SeqRange, within } from './seq-range';

const LINES_AT_ONCE = 10_000;
/** Rows that one statement looks through: what is behind its limit is looked through again. */
const ROWS_A_STATEMENT = 50_000n;
/** One line, in units of `Pace.isDueAfter`. */
const LINE = 200;
const ERROR_SEVERITY = 17;
const WORDS =
  'error|\\berr\\b|fatal|critical|\\bcrit\\b|panic|exception|traceback|severe|emerg|\\balert|\\be\\b|\\bf\\b';
const bad = new Set(['error', 'critical', 'fatal']);

/**
 * Adds the errors that log lines of the range tell: with an exception among their attributes, or of a level of error or worse; where no
 * severity was sent, as the line itself says.
 */
export async function readErrorLines(reading: Reading, range: SeqRange, signal: AbortSignal): Promise<void> {
  const isBad = `(severity >= ${ERROR_SEVERITY} OR (severity = 0 AND regexp_matches(body, '${WORDS}', 'i')))`;
  await readLines(reading, range, () => isBad, signal);
  const { typeIds } = reading.exceptions.attributes;
  if (typeIds.length === 0) return;
  // To take lists apart costs a tenth of what looking into each does.
  const thrown = (part: SeqRange) => `NOT ${isBad} AND seq IN (
    SELECT seq FROM (SELECT seq, unnest(attributes) AS id FROM logs WHERE ${within('seq', part)}) WHERE id IN (${typeIds.join()}))`;
  await readLines(reading, range, thrown, signal);
}

async function readLines(
  reading: Reading,
  range: SeqRange,
  isWanted: (part: SeqRange) => string,
  signal: AbortSignal,
): Promise<void> {
  for (let from = range.from; from < range.to; ) {
    const to = from + ROWS_A_STATEMENT < range.to ? from + ROWS_A_STATEMENT : range.to;
    const { rows: batch, limit } = await readRows(
      reading.reader.database,
      `SELECT seq, time_ns, trace_hi, trace_lo, span_id, resource, severity, severity_text, COALESCE(${cutText('body')}, ''), attributes
       FROM logs WHERE ${within('seq', { from, to })} AND ${isWanted({ from, to })}
       ORDER BY seq`,
      [],
      LINES_AT_ONCE,
      { signal, flatLists: true },
    );
    await addLines(reading, batch, signal);
    const [seq] = batch.columns as [BigUint64Array];
    from = batch.rowCount < limit ? to : seq[batch.rowCount - 1]! + 1n;
  }
}

async function addLines({ reader, rows, groups, exceptions, isLeftOut }: Reading, batch: Columns, signal: AbortSignal) {
  if (batch.rowCount === 0) return;
  const [seq, timeNs, traceHi, traceLo, spanId] = batch.columns as [
    ...[BigUint64Array, BigUint64Array, BigUint64Array, BigUint64Array, BigUint64Array],
  ];
  const [resource, severity, severityText] = batch.columns.slice(5) as [Uint32Array, Uint8Array, Uint32Array];
  const bodies = batch.columns[8] as readonly string[];
  const [thrown, strings] = await Promise.all([
    exceptions.describe(batch.lists![0]!, { from: 0, to: batch.rowCount }, signal, (row) => firstLine(bodies[row]!)),
    reader.dictionary.strings(new Set(severityText)),
  ]);
  const time = rows.after(timeNs);
  const columns = { source: LOG, seq, traceHi, traceLo, spanId, parentId: null, resource } as const;
  const told = { ...columns, time, start: time, end: time };
  const resources = reader.dictionary.resources();
  const pace = new Pace(signal);
  for (let row = 0; row < batch.rowCount; row++) {
    if (pace.isDueAfter(LINE)) await pace.turn();
    if (isLeftOut(resource[row]!)) continue;
    const body = bodies[row]!;
    const exception = thrown[row];
    const level = levelOf(severity[row]!, strings.get(severityText[row]!) ?? '', body);
    const isThrown = level === 'unknown' && takeThrown(body) !== null;
    if (!exception && !isThrown && !bad.has(level)) continue;
    const service = resources.get(resource[row]!)?.service ?? 'unknown_service';
    const described = exception ?? describeLine(groups, service, body);
    const isLine = described.kind === 'line' ? IS_LINE : 0;
    rows.add(told, row, described, isLine | handlingOf(level, exception?.escaped === true));
  }
}

function levelOf(severity: number, text: string, body: string): string {
  if (severity > 0) return levelOfSeverity(severity);
  return (text === '' ? undefined : readLogLevel(text)) ?? levelOfLine(body);
}

/** What ends a program nobody handled; what is a warning at most somebody did. */
function handlingOf(level: string, escaped: boolean): number {
  if (escaped || level === 'fatal' || level === 'critical') return UNHANDLED;
  return bad.has(level) || level === 'unknown' ? 0 : HANDLED;
}

function firstLine(body: string): string {
  return body.split('\n', 1)[0]!.slice(0, 1000);
}
