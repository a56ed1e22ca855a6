import { failureTypeKeys } from '../../shared/errors/failure-type-keys';
import type { IdLists, StoreReader } from '../store/reader/reader';

/** What an attribute says of an exception. */
export const [TYPE, MESSAGE, STACK, ESCAPED] = [1, 2, 3, 4] as const;

const PARTS: Readonly<Record<string, number>> = {
  'exception.type': TYPE,
  'exception.message': MESSAGE,
  'exception.stacktrace': STACK,
  'exception.escaped': ESCAPED,
};
const TYPE_CHARACTERS = 200;
const PAGE_BITS = 12;
const PAGE = 1 << PAGE_BITS;

/** Of the texts in `types` so many are kept from one look to the next. */
const MOST_KEPT = 50_000;

/** Which ids tell of errors, as the dictionary had them at the last `refresh`; read from its keys, without the texts of exceptions. */
export class ErrorAttributes {
  /** The part of an exception by id, a byte each, in pages of those ids that are near to some. */
  private readonly pages: (Uint8Array | undefined)[] = [];
  private readonly types = failureTypeKeys.map(() => new Map<number, string>());
  /** Of the values of `exception.type`. */
  readonly typeIds: number[] = [];
  /** Of the name of events that record an exception. */
  readonly eventNames: number[] = [];
  /** What was read: ids are given in their order. */
  private last = { string: 0, attribute: 0 };

  /** Learns what the dictionary has by now. Rejects with the signal's reason, having learnt nothing. */
  async refresh({ database }: StoreReader, signal: AbortSignal): Promise<void> {
    if (this.types.reduce((sum, { size }) => sum + size, 0) > MOST_KEPT) this.forget();
    const quoted = (keys: readonly string[]) => keys.map((key) => `'${key}'`).join(', ');
    // Where reading ends is read before: what comes meanwhile is read the next time, and an id that was read twice is known.
    const [ends] = await database.rows<{ string: number; attribute: number }>(
      `SELECT (SELECT COALESCE(max(id), 0) FROM strings) AS string, (SELECT COALESCE(max(id), 0) FROM attributes) AS attribute`,
      [],
      { signal },
    );
    const { last } = this;
    const isNew = (end: number, since: number) => `id > ${since} AND id <= ${end}`;
    const [names, attributes] = await Promise.all([
      database.rows<{ id: number }>(
        `SELECT id FROM strings WHERE ${isNew(ends!.string, last.string)} AND value = 'exception'`,
        [],
        { signal },
      ),
      database.columns(
        `SELECT id, key, CASE WHEN key IN (${quoted(failureTypeKeys)}) THEN substr(text, 1, ${TYPE_CHARACTERS}) ELSE '' END
         FROM attributes WHERE ${isNew(ends!.attribute, last.attribute)} AND key IN (${quoted([...Object.keys(PARTS), ...failureTypeKeys])})`,
        [],
        { signal },
      ),
    ]);
    for (const { id } of names) this.eventNames.push(id);
    const [ids, keys, texts] = attributes.columns as [Uint32Array, string[], string[]];
    for (let row = 0; row < attributes.rowCount; row++) this.add(ids[row]!, keys[row]!, texts[row]!);
    this.last = ends!;
  }

  /** Writes the id of each part of an exception into `into`, 0 where the row has none; answers whether it has a type, message or stack. */
  pick({ ids, starts }: IdLists, row: number, into: Uint32Array): boolean {
    into.fill(0);
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const id = ids[at]!;
      const part = this.pages[id >>> PAGE_BITS]?.[id & (PAGE - 1)] ?? 0;
      if (part !== 0 && into[part] === 0) into[part] = id;
    }
    return into[TYPE] !== 0 || into[MESSAGE] !== 0 || into[STACK] !== 0;
  }

  /** The id of the attribute that says what a span's failure is called; 0: none does. */
  pickType({ ids, starts }: IdLists, row: number): number {
    for (const known of this.types) {
      if (known.size === 0) continue;
      for (let at = starts[row]!; at < starts[row + 1]!; at++) if (known.has(ids[at]!)) return ids[at]!;
    }
    return 0;
  }

  /** Its text; of 0 the empty one. */
  typeText(id: number): string {
    return this.types.find((known) => known.has(id))?.get(id) ?? '';
  }

  private forget(): void {
    for (const list of [this.pages, this.typeIds, this.eventNames]) list.length = 0;
    for (const known of this.types) known.clear();
    this.last = { string: 0, attribute: 0 };
  }

  private add(id: number, key: string, text: string): void {
    const part = PARTS[key];
    if (part === undefined) {
      this.types[failureTypeKeys.indexOf(key)]!.set(id, text);
      return;
    }
    if (part === TYPE) this.typeIds.push(id);
    const page = this.pages[id >>> PAGE_BITS] ?? new Uint8Array(PAGE);
    page[id & (PAGE - 1)] = part;
    this.pages[id >>> PAGE_BITS] = page;
  }
}
