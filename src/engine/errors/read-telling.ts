import { takeThrown } from '../../shared/errors/take-thrown';
import type { StoreReader } from '../store/reader/reader';

export interface Telling {
  readonly isSpan: boolean;
  readonly seq: bigint;
  readonly timeNs: bigint;
}

export interface TellingTexts {
  /** Of the span; empty for a line. */
  readonly name: string;
  readonly message: string;
  /** Whole; empty where none came. */
  readonly stack: string;
}

interface Event {
  readonly owner: bigint;
  readonly time: bigint;
  readonly attributes: readonly number[];
}

const nothing: TellingTexts = { name: '', message: '', stack: '' };

/** What each of them says, whole. One that was deleted meanwhile says nothing. */
export async function readTelling(
  reader: StoreReader,
  tellings: readonly Telling[],
  signal: AbortSignal,
): Promise<TellingTexts[]> {
  const seqs = (isSpan: boolean) => tellings.flatMap((each) => (each.isSpan === isSpan ? [each.seq] : []));
  const [spans, lines] = await Promise.all([
    readSpans(reader, seqs(true), signal),
    readLines(reader, seqs(false), signal),
  ]);
  return tellings.map(({ isSpan, seq, timeNs }) => {
    if (!isSpan) return lines.get(seq) ?? nothing;
    const span = spans.get(seq);
    if (!span) return nothing;
    return span.exceptions.find(({ time }) => time === timeNs)?.texts ?? span.exceptions[0]?.texts ?? span.texts;
  });
}

async function readSpans(reader: StoreReader, seqs: readonly bigint[], signal: AbortSignal) {
  const found = new Map<bigint, { texts: TellingTexts; exceptions: { time: bigint; texts: TellingTexts }[] }>();
  if (seqs.length === 0) return found;
  const list = `[${seqs.join(',')}]`;
  const [spans, events] = await Promise.all([
    reader.database.rows<{ seq: bigint; name: number; message: number }>(
      'SELECT seq, name, status_message AS message FROM spans WHERE seq IN (SELECT unnest($1::UBIGINT[]))',
      [list],
      { signal },
    ),
    reader.database.rows<Event>(
      `SELECT span_seq AS owner, time_ns AS time, attributes FROM span_events
       WHERE span_seq IN (SELECT unnest($1::UBIGINT[])) AND name IN (SELECT id FROM strings WHERE value = 'exception') ORDER BY time_ns`,
      [list],
      { signal },
    ),
  ]);
  const strings = await reader.dictionary.strings(new Set(spans.flatMap(({ name, message }) => [name, message])));
  const textOf = await readTexts(
    reader,
    events.flatMap(({ attributes }) => [...attributes]),
  );
  for (const { seq, name, message } of spans) {
    const texts = { name: strings.get(name) ?? '', message: strings.get(message) ?? '', stack: '' };
    found.set(seq, { texts, exceptions: [] });
  }
  for (const { owner, time, attributes } of events) {
    const span = found.get(owner);
    span?.exceptions.push({
      time,
      texts: {
        name: span.texts.name,
        message: textOf(attributes, 'exception.message'),
        stack: textOf(attributes, 'exception.stacktrace'),
      },
    });
  }
  return found;
}

async function readLines(reader: StoreReader, seqs: readonly bigint[], signal: AbortSignal) {
  const found = new Map<bigint, TellingTexts>();
  if (seqs.length === 0) return found;
  const rows = await reader.database.rows<{ seq: bigint; body: string | null; attributes: readonly number[] }>(
    'SELECT seq, body, attributes FROM logs WHERE seq IN (SELECT unnest($1::UBIGINT[]))',
    [`[${seqs.join(',')}]`],
    { signal },
  );
  const textOf = await readTexts(
    reader,
    rows.flatMap(({ attributes }) => [...attributes]),
  );
  for (const { seq, body, attributes } of rows) {
    const line = body ?? '';
    const thrown = takeThrown(line);
    found.set(seq, {
      name: '',
      message: textOf(attributes, 'exception.message') || (thrown?.message ?? line),
      stack: textOf(attributes, 'exception.stacktrace') || (thrown?.stack ?? ''),
    });
  }
  return found;
}

async function readTexts(reader: StoreReader, ids: readonly number[]) {
  const values = await reader.dictionary.attributes(new Set(ids));
  return (own: readonly number[], key: string): string => {
    for (const id of own) {
      const value = values.get(id);
      if (value?.key === key) return value.text;
    }
    return '';
  };
}
