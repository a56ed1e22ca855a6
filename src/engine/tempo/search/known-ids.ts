import { IdSet } from '../../store/reader/id-set';
import type { SpanIndexReader, StoreReader } from '../../store/reader/reader';

/** Ids that are kept, of all predicates together; four bytes each and a little more. */
const MAX_IDS = 1_000_000;
const MAX_PREDICATES = 100;

/** Dictionary ids over `after`, up to and with `to`. */
export interface IdRange {
  readonly after: number;
  readonly to?: number;
}

export interface FoundIds {
  readonly ids: Uint32Array;
  /** The last id of the range that is in the dictionary; 0 if none is. */
  readonly last: number;
}

/**
 * Which entries of a dictionary fulfil a predicate. Entries are only added, so that a predicate that is asked for again,
 * as live queries do, is tested on the new ones alone.
 */
export class KnownIds {
  private static readonly ofIndex = new WeakMap<SpanIndexReader, KnownIds>();
  private readonly known = new Map<string, { set: IdSet; after: number; last: number }>();

  /** Those of the opened database. */
  static of(reader: StoreReader): KnownIds {
    const index = reader.spanIndex();
    const ids = KnownIds.ofIndex.get(index) ?? new KnownIds();
    KnownIds.ofIndex.set(index, ids);
    return ids;
  }

  /** All over `after` that fulfil the predicate and perhaps some before; some may be deleted meanwhile. */
  async get(predicate: string, after: number, find: (range: IdRange) => Promise<FoundIds>): Promise<IdSet> {
    const before = this.known.get(predicate);
    const newer = await find({ after: before?.last ?? after });
    const older = before && after < before.after ? await find({ after, to: before.after }) : null;
    const set = joined([older?.ids, before?.set.ids, newer.ids]);
    const known = {
      set,
      after: Math.min(after, before?.after ?? after),
      last: Math.max(newer.last, before?.last ?? after),
    };
    this.known.delete(predicate);
    this.known.set(predicate, known);
    this.bound();
    return set;
  }

  private bound(): void {
    let total = [...this.known.values()].reduce((sum, { set }) => sum + set.ids.length, 0);
    for (const [predicate, { set }] of this.known) {
      if (total <= MAX_IDS && this.known.size <= MAX_PREDICATES) return;
      this.known.delete(predicate);
      total -= set.ids.length;
    }
  }
}

function joined(parts: readonly (Uint32Array | undefined)[]): IdSet {
  const found = parts.filter((part) => part !== undefined && part.length > 0) as Uint32Array[];
  const ids = new Uint32Array(found.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of found) {
    ids.set(part, at);
    at += part.length;
  }
  return new IdSet(ids.sort());
}
