import type { SpanIndexReader, StoreReader } from '../../store/reader';
import { IdSet } from '../../store/span-index/id-set';

/** Ids that are kept, of all predicates together; four bytes each and a little more. */
const MAX_IDS = 1_000_000;
const MAX_PREDICATES = 100;

/** Dictionary ids after some id, in ascending order, and the last id that was looked at. */
export interface FoundIds {
  readonly ids: Uint32Array;
  readonly last: number;
}

/**
 * Which entries of a dictionary fulfil a predicate. Entries are only added, so that a predicate that is asked for again,
 * as live queries do, is tested on the new ones alone.
 */
export class KnownIds {
  private static readonly ofIndex = new WeakMap<SpanIndexReader, KnownIds>();
  private readonly known = new Map<string, { set: IdSet; last: number }>();

  /** Those of the opened database. */
  static of(reader: StoreReader): KnownIds {
    const index = reader.spanIndex();
    const ids = KnownIds.ofIndex.get(index) ?? new KnownIds();
    KnownIds.ofIndex.set(index, ids);
    return ids;
  }

  /** `find` answers for the entries after an id. Some of the ids may be deleted meanwhile. */
  async get(predicate: string, find: (after: number) => Promise<FoundIds>): Promise<IdSet> {
    const before = this.known.get(predicate);
    const { ids, last } = await find(before?.last ?? 0);
    const set = before ? joined(before.set, ids) : new IdSet(ids.sort());
    this.known.delete(predicate);
    this.known.set(predicate, { set, last: Math.max(last, before?.last ?? 0) });
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

function joined(set: IdSet, more: Uint32Array): IdSet {
  if (more.length === 0) return set;
  const ids = new Uint32Array(set.ids.length + more.length);
  ids.set(set.ids);
  ids.set(more.sort(), set.ids.length);
  return new IdSet(ids);
}
