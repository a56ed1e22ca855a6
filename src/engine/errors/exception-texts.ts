import { idsAsText } from '../store/reader/ids-as-text';
import type { StoreReader } from '../store/reader/reader';
import { cutText } from './cut-text';

/** What attributes say of an exception; empty where they do not. */
export interface ExceptionTexts {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  /** It left the span: nobody there handled it. */
  readonly escaped: boolean;
}

const PARTS: Readonly<Record<string, keyof ExceptionTexts>> = {
  'exception.type': 'type',
  'exception.message': 'message',
  'exception.stacktrace': 'stack',
  'exception.escaped': 'escaped',
};
const KEYS = Object.keys(PARTS)
  .map((key) => `'${key}'`)
  .join(', ');

/** Which ids of attributes tell of exceptions, and what; long stack traces without their middle. */
export class ExceptionAttributes {
  private constructor(private readonly known: ReadonlyMap<number, { part: keyof ExceptionTexts; text: string }>) {}

  static async read(reader: StoreReader, ids: Iterable<number>, signal: AbortSignal): Promise<ExceptionAttributes> {
    const wanted = [...new Set(ids)];
    if (wanted.length === 0) return new ExceptionAttributes(new Map());
    const { columns, rowCount } = await reader.database.columns(
      `SELECT id, key, ${cutText('text')} FROM attributes JOIN (SELECT unnest($1::UINTEGER[]) AS id) USING (id) WHERE key IN (${KEYS})`,
      [idsAsText(wanted)],
      { signal },
    );
    const [found, keys, texts] = columns as [Uint32Array, string[], string[]];
    const known = new Map<number, { part: keyof ExceptionTexts; text: string }>();
    for (let row = 0; row < rowCount; row++)
      known.set(found[row]!, { part: PARTS[keys[row]!]!, text: texts[row] ?? '' });
    return new ExceptionAttributes(known);
  }

  /** Null where none of the ids tells of one. */
  of(ids: Iterable<number>): ExceptionTexts | null {
    const texts: Record<keyof ExceptionTexts, string> = { type: '', message: '', stack: '', escaped: '' };
    for (const id of ids) {
      const found = this.known.get(id);
      if (found && texts[found.part] === '') texts[found.part] = found.text;
    }
    if (texts.type === '' && texts.message === '' && texts.stack === '') return null;
    return { ...texts, escaped: texts.escaped.toLowerCase() === 'true' };
  }
}
