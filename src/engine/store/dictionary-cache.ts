import { Pace } from '../pace/pace';
import type { Dictionary } from './dictionary/dictionary';
import type { SeriesTable } from './metrics/series/series-table';
import { idsAsText } from './reader/ids-as-text';
import type { AttributeKind, Database, DictionaryReader, StoredAttribute } from './reader/reader';

const MAX_CACHED = 100_000;
/** Longer texts are read again each time: a cache of so many would not fit the memory. */
const MAX_CACHED_LENGTH = 4096;
/** Ids of one statement: more would be bound and read in one turn. */
const IDS_A_STATEMENT = 16_384;
/** One id, in units of `Pace.isDueAfter`. */
const ID = 20;

/** Looks ids up in the database and keeps the answers, for everybody. */
export class DictionaryCache {
  private readonly knownStrings = new Map<number, string>();
  private readonly knownAttributes = new Map<number, StoredAttribute>();

  constructor(
    private readonly dictionary: Dictionary,
    private readonly seriesTable: SeriesTable,
  ) {}

  /** What is not known is looked up by statements of whoever asks. */
  reader(database: Database): DictionaryReader {
    return {
      strings: (ids) => this.strings(database, ids),
      attributes: (ids) => this.attributes(database, ids),
      resources: () => this.dictionary.resources,
      scopes: () => this.dictionary.scopes,
      series: () => this.seriesTable.series,
    };
  }

  /** After a deletion or a clean. */
  clear(): void {
    this.knownStrings.clear();
    this.knownAttributes.clear();
  }

  private async strings(database: Database, ids: Iterable<number>): Promise<ReadonlyMap<number, string>> {
    this.bound();
    const wanted = new Set(ids);
    const strings = await lookUp(wanted, this.knownStrings, async (missing, found) => {
      const { rowCount, columns } = await database.columns(
        'SELECT id, value FROM strings JOIN (SELECT unnest($1::UINTEGER[]) AS id) USING (id)',
        [idsAsText(missing)],
      );
      const [id, value] = columns as [Uint32Array, string[]];
      for (let row = 0; row < rowCount; row++) found(id[row]!, value[row]!, value[row]!.length);
    });
    return wanted.has(0) ? strings.set(0, '') : strings;
  }

  private async attributes(database: Database, ids: Iterable<number>): Promise<ReadonlyMap<number, StoredAttribute>> {
    this.bound();
    return lookUp(ids, this.knownAttributes, async (missing, found) => {
      const { rowCount, columns } = await database.columns(
        `SELECT id, key, kind, text, COALESCE(number, 'nan'::DOUBLE)
         FROM attributes JOIN (SELECT unnest($1::UINTEGER[]) AS id) USING (id)`,
        [idsAsText(missing)],
      );
      const [id, key, kind, text, number] = columns as [Uint32Array, string[], Uint8Array, string[], Float64Array];
      for (let row = 0; row < rowCount; row++) {
        const value = Number.isNaN(number[row]) ? null : number[row]!;
        const attribute = { key: key[row]!, kind: kind[row] as AttributeKind, text: text[row]!, number: value };
        found(id[row]!, attribute, key[row]!.length + text[row]!.length);
      }
    });
  }

  private bound(): void {
    if (this.knownStrings.size + this.knownAttributes.size > MAX_CACHED) this.clear();
  }
}

async function lookUp<Value>(
  ids: Iterable<number>,
  known: Map<number, Value>,
  load: (missing: number[], found: (id: number, value: Value, length: number) => void) => Promise<void>,
): Promise<Map<number, Value>> {
  const answer = new Map<number, Value>();
  const missing = new Set<number>();
  const pace = new Pace();
  for (const id of ids) {
    if (pace.isDueAfter(ID)) await pace.turn();
    const value = known.get(id);
    if (value !== undefined) answer.set(id, value);
    else if (id !== 0) missing.add(id);
  }
  if (missing.size === 0) return answer;
  if (known.size + missing.size > MAX_CACHED) known.clear();
  const asked = [...missing];
  for (let from = 0; from < asked.length; from += IDS_A_STATEMENT) {
    await load(asked.slice(from, from + IDS_A_STATEMENT), (id, value, length) => {
      answer.set(id, value);
      if (length <= MAX_CACHED_LENGTH) known.set(id, value);
    });
  }
  return answer;
}
