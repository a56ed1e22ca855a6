import { idsAsText } from '../store/reader/ids-as-text';
import type { StoreReader } from '../store/reader/reader';
import { cutText } from './cut-text';

/** What attributes say of an exception; empty where they do not. */
export interface ExceptionTexts {
  readonly type: string;
  readonly message: string;
  /** One with the same frames, where a type came with it. */
  readonly stack: string;
  /** It left the span: nobody there handled it. */
  readonly escaped: boolean;
}

/** Ids of attributes, 0 where there is none. */
export interface ExceptionIds {
  readonly type: number;
  readonly message: number;
  readonly stack: number;
  readonly escaped: number;
}

/** Of a message its beginning makes its template; of an object of JSON more of it. */
const MESSAGE = `left(text, CASE WHEN starts_with(text, '{') THEN 16384 ELSE 4200 END)`;
/**
 * Of a stack trace what its frames are read from: messages, which repeat themselves less, stand in a line above the frames, and
 * Python's below them.
 */
const FRAMES = `CASE
  WHEN regexp_matches(substr(text, strpos(text, chr(10)) + 1, 39), '^\\s+at ') THEN substr(text, strpos(text, chr(10)) + 1)
  WHEN starts_with(text, 'Traceback (most recent call last)') THEN regexp_replace(rtrim(text, E' \\n\\r\\t'), '\\n\\S[^\\n]*$', '')
  ELSE text END`;

/** The texts of exceptions, in their order. Of stack traces with the same frames one is read. */
export async function readExceptionTexts(
  reader: StoreReader,
  exceptions: readonly ExceptionIds[],
  signal: AbortSignal,
): Promise<ExceptionTexts[]> {
  const short = exceptions.flatMap(({ type, message, escaped }) => [type, message, escaped]);
  const texts = await readTexts(reader, short, MESSAGE, signal);
  const textOf = (id: number) => texts.get(id) ?? '';
  const untyped = exceptions.flatMap(({ type, stack }) => (textOf(type) === '' ? [stack] : []));
  const typed = exceptions.flatMap(({ type, stack }) => (textOf(type) === '' ? [] : [stack]));
  const [wholes, same] = [
    await readTexts(reader, untyped, cutText('text'), signal),
    await groupByFrames(reader, typed, signal),
  ];
  const stacks = await readTexts(reader, same.values(), cutText('text'), signal);
  return exceptions.map(({ type, message, stack, escaped }) => ({
    type: textOf(type),
    message: textOf(message),
    stack: wholes.get(stack) ?? stacks.get(same.get(stack) ?? 0) ?? '',
    escaped: textOf(escaped).toLowerCase() === 'true',
  }));
}

async function readTexts(
  { database }: StoreReader,
  ids: Iterable<number>,
  text: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, string>> {
  const wanted = distinct(ids);
  if (wanted.length === 0) return new Map();
  const { columns, rowCount } = await database.columns(
    `SELECT id, ${text} FROM attributes JOIN (SELECT unnest($1::UINTEGER[]) AS id) USING (id)`,
    [idsAsText(wanted)],
    { signal },
  );
  const [found, texts] = columns as [Uint32Array, string[]];
  const known = new Map<number, string>();
  for (let row = 0; row < rowCount; row++) known.set(found[row]!, texts[row]!);
  return known;
}

/** By id of a stack trace that of one with the same frames. */
async function groupByFrames(
  { database }: StoreReader,
  ids: Iterable<number>,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, number>> {
  const wanted = distinct(ids);
  if (wanted.length === 0) return new Map();
  const { columns, rowCount } = await database.columns(
    `SELECT id, min(id) OVER (PARTITION BY frames) FROM (
       SELECT id, hash(${FRAMES}) AS frames FROM attributes JOIN (SELECT unnest($1::UINTEGER[]) AS id) USING (id))`,
    [idsAsText(wanted)],
    { signal },
  );
  const [found, same] = columns as [Uint32Array, Uint32Array];
  const known = new Map<number, number>();
  for (let row = 0; row < rowCount; row++) known.set(found[row]!, same[row]!);
  return known;
}

function distinct(ids: Iterable<number>): number[] {
  const wanted = new Set(ids);
  wanted.delete(0);
  return [...wanted];
}
