import { ruleAttributes } from '../../../shared/findings/rule-attributes';
import { namingKeys, readKeys } from '../../../shared/shapes/read-span';
import type { IdLists, SpanIndexReader, StoreReader } from '../../store/reader/reader';

/** What an attribute is read for: the name of any span, the name of a call that has none of its own, or anything else. */
export const NAMES_ANY = 1;
export const NAMES_CALL = 2;
const IS_READ = 4;

const PAGE_BITS = 12;
const PAGE = 2 ** PAGE_BITS;
/** A byte for each id: 16 MiB. With more, it is begun anew. */
const MOST_PAGES = 4096;

/** Which attributes are read at all, by their ids: most are not, and need not be looked up. */
export class AttributeRoles {
  private static readonly ofIndex = new WeakMap<SpanIndexReader, AttributeRoles>();
  /** Where the page of each 4,096 ids begins among the roles; 0 is a page of nothing that is read. */
  private readonly pages = new Uint32Array(2 ** (32 - PAGE_BITS));
  private table = new Uint8Array(PAGE);
  private made = 0;
  /** One range after the other is read: what lies between is known then. */
  private learning: Promise<void> = Promise.resolve();
  /** Ids that are known: `from` up to `to`. */
  private from = 0;
  private to = 0;

  /** Those of the opened database: ids of one that is opened anew may stand for other values. */
  static of(reader: StoreReader): AttributeRoles {
    const opened = reader.spanIndex();
    const known = AttributeRoles.ofIndex.get(opened);
    if (known && known.made < MOST_PAGES) return known;
    const roles = new AttributeRoles();
    AttributeRoles.ofIndex.set(opened, roles);
    return roles;
  }

  /** 0 for one that is not read; of those that `learn` was asked for. */
  roleOf(id: number): number {
    return this.table[this.pages[id >>> PAGE_BITS]! + (id & (PAGE - 1))]!;
  }

  /** The lists without what is not read; of ids that `learn` was asked for. */
  onlyRead({ starts, ids }: IdLists): IdLists {
    const { pages, table } = this;
    const read = new Uint32Array(ids.length);
    const begins = new Uint32Array(starts.length);
    let count = 0;
    for (let list = 0; list + 1 < starts.length; list++) {
      const end = starts[list + 1]!;
      for (let at = starts[list]!; at < end; at++) {
        const id = ids[at]!;
        if (table[pages[id >>> PAGE_BITS]! + (id & (PAGE - 1))] !== 0) read[count++] = id;
      }
      begins[list + 1] = count;
    }
    return { starts: begins, ids: read.subarray(0, count) };
  }

  async learn(reader: StoreReader, ids: Uint32Array, signal: AbortSignal): Promise<void> {
    if (ids.length === 0) return;
    let [least, most] = [ids[0]!, ids[0]!];
    for (const id of ids) {
      if (id < least) least = id;
      if (id > most) most = id;
    }
    const before = this.learning;
    const own = before.then(() => this.extend(reader, least, most + 1, signal));
    this.learning = own.catch(() => undefined);
    await own;
  }

  private async extend(reader: StoreReader, least: number, end: number, signal: AbortSignal): Promise<void> {
    if (this.from === this.to) {
      await this.read(reader, least, end, signal);
      this.from = least;
      this.to = end;
    }
    if (least < this.from) {
      await this.read(reader, least, this.from, signal);
      this.from = least;
    }
    if (end > this.to) {
      await this.read(reader, this.to, end, signal);
      this.to = end;
    }
  }

  private async read(reader: StoreReader, from: number, to: number, signal: AbortSignal): Promise<void> {
    const { ofAny, ofClients } = namingKeys;
    const { columns } = await reader.database.columns(
      `SELECT id, CASE WHEN key IN (${listed(ofAny)}) THEN ${NAMES_ANY | IS_READ}
         WHEN key IN (${listed(ofClients)}) THEN ${NAMES_CALL | IS_READ} ELSE ${IS_READ} END::UTINYINT
       FROM attributes WHERE id >= ${from} AND id < ${to} AND (key IN (${listed([...readKeys.whole, ...ruleAttributes])})
         OR ${readKeys.beginnings.map((beginning) => `starts_with(key, '${beginning}')`).join(' OR ')})`,
      [],
      { signal },
    );
    const [ids, roles] = columns as [Uint32Array, Uint8Array];
    for (let i = 0; i < ids.length; i++) {
      const number = ids[i]! >>> PAGE_BITS;
      if (this.pages[number] === 0) this.pages[number] = this.makePage();
      this.table[this.pages[number]! + (ids[i]! & (PAGE - 1))] = roles[i]!;
    }
  }

  private makePage(): number {
    const begin = ++this.made * PAGE;
    if (begin === this.table.length) {
      const larger = new Uint8Array(2 * begin);
      larger.set(this.table);
      this.table = larger;
    }
    return begin;
  }
}

function listed(keys: readonly string[]): string {
  return keys.map((key) => `'${key}'`).join(', ');
}
