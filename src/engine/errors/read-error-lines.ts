import { takeThrown } from '../../shared/errors/take-thrown';
import { levelOfSeverity, readLogLevel } from '../../shared/log-level';
import { levelOfLine } from '../loki/records/detect-level';
import { readRows } from '../loki/records/read-rows';
import { Pace } from '../pace/pace';
import type { StoreReader } from '../store/reader/reader';
import { cutText } from './cut-text';
import { describeException, describeLine } from './describe-telling';
import { type ErrorRows, HANDLED, IS_LINE, LOG, UNHANDLED } from './error-rows';
import { ExceptionAttributes } from './exception-texts';
import type { GroupTable } from './group-table';
import { type SeqRange, within } from './seq-range';

const LINES_AT_ONCE = 5000;
/** One line, in units of `Pace.isDueAfter`. */
const LINE = 800;
const ERROR_SEVERITY = 17;
const WORDS =
  'error|\\berr\\b|fatal|critical|\\bcrit\\b|panic|exception|traceback|severe|emerg|\\balert|\\be\\b|\\bf\\b';
const bad = new Set(['error', 'critical', 'fatal']);

/**
 * Adds the errors that log lines of the range tell: with an exception among their attributes, or of a level of error or worse; where no
 * severity was sent, as the line itself says. Answers the rows that are new.
 */
export async function readErrorLines(
  reader: StoreReader,
  range: SeqRange,
  rows: ErrorRows,
  groups: GroupTable,
  isLeftOut: (resource: number) => boolean,
  signal: AbortSignal,
): Promise<number[]> {
  const pace = new Pace(signal);
  const added: number[] = [];
  const hasException = await attributesOfExceptions(reader, signal);
  for (let from = range.from; from < range.to; ) {
    const { rows: batch, limit } = await readRows(
      reader.database,
      `SELECT seq, time_ns, trace_hi, trace_lo, span_id, resource, severity, severity_text, attributes, COALESCE(${cutText('body')}, '')
       FROM logs WHERE ${within('seq', { from, to: range.to })} AND (severity >= ${ERROR_SEVERITY} OR (severity = 0 AND regexp_matches(body, '${WORDS}', 'i'))
         ${hasException === null ? '' : `OR list_has_any(attributes, ${hasException})`})
       ORDER BY seq`,
      [],
      LINES_AT_ONCE,
      { signal },
    );
    const [seq, time, traceHi, traceLo, spanId] = batch.columns as BigUint64Array[];
    const resource = batch.columns[5] as Uint32Array;
    const severity = batch.columns[6] as Uint8Array;
    const severityText = batch.columns[7] as Uint32Array;
    const attributes = batch.columns[8] as readonly (readonly number[])[];
    const bodies = batch.columns[9] as readonly string[];
    const [texts, strings] = await Promise.all([
      ExceptionAttributes.read(reader, attributes.flat(), signal),
      reader.dictionary.strings(new Set(severityText)),
    ]);
    const resources = reader.dictionary.resources();
    for (let row = 0; row < batch.rowCount; row++) {
      if (pace.isDueAfter(LINE)) await pace.turn();
      if (isLeftOut(resource[row]!)) continue;
      const exception = texts.of(attributes[row]!);
      const level = levelOf(severity[row]!, strings.get(severityText[row]!) ?? '', bodies[row]!);
      const isThrown = level === 'unknown' && takeThrown(bodies[row]!) !== null;
      if (!exception && !isThrown && !bad.has(level)) continue;
      const service = resources.get(resource[row]!)?.service ?? 'unknown_service';
      const { kind, ...described } = exception
        ? describeException(
            groups,
            exception.message === '' ? { ...exception, message: firstLine(bodies[row]!) } : exception,
          )
        : describeLine(groups, service, bodies[row]!);
      added.push(
        rows.add({
          source: LOG,
          seq: seq![row]!,
          timeNs: time![row]!,
          traceHi: traceHi![row]!,
          traceLo: traceLo![row]!,
          spanId: spanId![row]!,
          parentId: 0n,
          startNs: time![row]!,
          endNs: time![row]!,
          resource: resource[row]!,
          ...described,
          flags: (kind === 'line' ? IS_LINE : 0) | handlingOf(level, exception?.escaped === true),
        }),
      );
    }
    if (batch.rowCount < limit) break;
    from = seq![batch.rowCount - 1]! + 1n;
  }
  return added;
}

/** A list of SQL; null where no line has one. */
async function attributesOfExceptions(reader: StoreReader, signal: AbortSignal): Promise<string | null> {
  const found = await reader.database.rows<{ id: number }>(
    `SELECT id FROM attributes WHERE key = 'exception.type'`,
    [],
    { signal },
  );
  return found.length === 0 ? null : `[${found.map(({ id }) => id).join(',')}]::UINTEGER[]`;
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
