import { Pace } from '../pace/pace';
import type { Columns } from '../store/reader/reader';
import { type DescribedTelling, describeException, describeStatus } from './describe-telling';
import { type ErrorRows, HANDLED, IS_REQUEST, SPAN, STATUS_ALONE, type ToldColumns, UNHANDLED } from './error-rows';
import type { Reading } from './reading';
import { type SeqRange, within } from './seq-range';
import { EXCEPTIONS_AT_ONCE } from './told-exceptions';

/** One row, in units of `Pace.isDueAfter`. */
const ROW = 100;
const ERROR = 2;
const SERVER = 2;
const CONSUMER = 5;
const SPAN_COLUMNS =
  's.seq, s.trace_hi, s.trace_lo, s.span_id, s.parent_id, s.start_ns, s.start_ns + s.duration_ns, s.kind, s.status, s.resource';
const OTHER_COLUMNS = 10;

/** Adds the errors that spans of the range tell. */
export async function readErrorSpans(reading: Reading, range: SeqRange, signal: AbortSignal): Promise<void> {
  const { eventNames } = reading.exceptions.attributes;
  const isException = `${within('e.span_seq', range)} AND e.name IN (${eventNames.join()})`;
  const { database } = reading.reader;
  const options = { signal, flatLists: true };
  if (eventNames.length > 0) {
    const recorded = await database.columns(
      `SELECT ${SPAN_COLUMNS}, e.time_ns, e.attributes FROM span_events e JOIN spans s ON s.seq = e.span_seq
       WHERE ${isException} AND ${within('s.seq', range)}`,
      [],
      options,
    );
    await addRecorded(reading, recorded, signal);
  }
  const without =
    eventNames.length === 0
      ? ''
      : `ANTI JOIN (SELECT e.span_seq FROM span_events e WHERE ${isException}) r ON r.span_seq = s.seq`;
  const silent = await database.columns(
    `SELECT ${SPAN_COLUMNS}, s.name, s.status_message, s.attributes FROM spans s ${without}
     WHERE ${within('s.seq', range)} AND s.status = ${ERROR}`,
    [],
    options,
  );
  await addSilent(reading, silent, signal);
}

/** What spans recorded, whether they failed or not. */
async function addRecorded(reading: Reading, columns: Columns, signal: AbortSignal): Promise<void> {
  const { rows, groups, exceptions, isLeftOut } = reading;
  const { rowCount } = columns;
  const times = columns.columns[OTHER_COLUMNS] as BigUint64Array;
  const told = toldColumns(rows, columns, times);
  const [kind, status] = columns.columns.slice(7) as [Uint8Array, Uint8Array];
  const lists = columns.lists![0]!;
  const pace = new Pace(signal);
  let mute: DescribedTelling | undefined;
  for (let from = 0; from < rowCount; from += EXCEPTIONS_AT_ONCE) {
    const to = Math.min(rowCount, from + EXCEPTIONS_AT_ONCE);
    const described = await exceptions.describe(lists, { from, to }, signal);
    for (let row = from; row < to; row++) {
      if (pace.isDueAfter(ROW)) await pace.turn();
      if (isLeftOut(told.resource[row]!)) continue;
      const said = described[row - from];
      const handling = said?.escaped ? UNHANDLED : status[row] === ERROR ? 0 : HANDLED;
      mute ??= said ? undefined : describeException(groups, { type: '', message: '', stack: '' });
      rows.add(told, row, said ?? mute!, requestFlag(told, kind, row) | handling);
    }
  }
}

/** Spans that failed and recorded no exception. */
async function addSilent(reading: Reading, columns: Columns, signal: AbortSignal): Promise<void> {
  const { reader, rows, groups, exceptions, isLeftOut } = reading;
  const { attributes } = exceptions;
  const told = toldColumns(rows, columns, null);
  const kind = columns.columns[7] as Uint8Array;
  const [names, messages] = columns.columns.slice(OTHER_COLUMNS) as [Uint32Array, Uint32Array];
  const lists = columns.lists![0]!;
  const strings = await reader.dictionary.strings(new Set([...new Set(names), ...new Set(messages)]));
  const known = new Map<string, DescribedTelling>();
  const pace = new Pace(signal);
  for (let row = 0; row < columns.rowCount; row++) {
    if (pace.isDueAfter(ROW)) await pace.turn();
    if (isLeftOut(told.resource[row]!)) continue;
    const [name, message, type] = [names[row]!, messages[row]!, attributes.pickType(lists, row)];
    const key = `${name} ${message} ${type}`;
    let described = known.get(key);
    if (!described) {
      described = describeStatus(
        groups,
        strings.get(name) ?? '',
        attributes.typeText(type),
        strings.get(message) ?? '',
      );
      known.set(key, described);
    }
    rows.add(told, row, described, requestFlag(told, kind, row) | STATUS_ALONE);
  }
}

/** `times`: when each was told; null: at the span's end. */
function toldColumns(rows: ErrorRows, { columns }: Columns, times: BigUint64Array | null): ToldColumns {
  const [seq, traceHi, traceLo, spanId, parentId, start, end] = columns as [
    ...[BigUint64Array, BigUint64Array, BigUint64Array, BigUint64Array, BigUint64Array, BigUint64Array, BigUint64Array],
  ];
  return {
    ...{ source: SPAN, seq, traceHi, traceLo, spanId, parentId },
    ...{ time: rows.after(times ?? end), start: rows.after(start), end: rows.after(end) },
    resource: columns[9] as Uint32Array,
  };
}

function requestFlag({ parentId }: ToldColumns, kind: Uint8Array, row: number): number {
  return kind[row] === SERVER || kind[row] === CONSUMER || parentId![row] === 0n ? IS_REQUEST : 0;
}
