import { compareTexts } from '../../shared/compare-texts';
import type { AttributePlace } from '../../shared/contract/explain';
import type { StoreReader } from '../store/reader/reader';

/** Rare values whose keys are looked up, evenly among all. */
const LOOKED_UP = 500;
/** From so many different values on a key is one of ids, times or addresses. */
const FROM_VALUES = 50;
const MOST_LISTED = 20;

/** Keys of which nearly every span has another value. */
export class HiddenKeys {
  readonly #keys = new Map<string, { place: AttributePlace; key: string; rare: number; frequent: number }>();

  constructor(private readonly reader: StoreReader) {}

  addFrequent(place: AttributePlace, key: string): void {
    this.#at(place, key).frequent++;
  }

  /** Ids of values that hardly two spans have. */
  async addRare(place: AttributePlace, ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    const step = Math.max(1, ids.length / LOOKED_UP);
    const wanted: number[] = [];
    for (let at = 0; at < ids.length; at += step) wanted.push(ids[Math.floor(at)]!);
    for (const { key } of (await this.reader.dictionary.attributes(wanted)).values())
      this.#at(place, key).rare += ids.length / wanted.length;
  }

  list(): { count: number; keys: { place: AttributePlace; key: string }[] } {
    const found = [...this.#keys.values()]
      .filter(({ rare, frequent }) => rare + frequent >= FROM_VALUES)
      .sort((a, b) => b.rare - a.rare || compareTexts(a.key, b.key));
    return {
      count: found.length,
      keys: found.slice(0, MOST_LISTED).map(({ place, key }) => ({ place, key: key.slice(0, 300) })),
    };
  }

  #at(place: AttributePlace, key: string) {
    const name = JSON.stringify([place, key]);
    const known = this.#keys.get(name) ?? { place, key, rare: 0, frequent: 0 };
    this.#keys.set(name, known);
    return known;
  }
}
