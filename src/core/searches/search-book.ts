import { join } from 'node:path';
import { type PastSearch, type SavedSearch, Searches, type SearchPage } from '../../shared/contract/searches';
import type { Problem } from '../../shared/problem';
import { type JsonFile, openJsonFile } from '../ownership/open-json-file';

/** More are refused: none of what a person saved is forgotten. */
const mostSaved = 200;
/** Of each page; older ones are forgotten. */
const mostPast = 50;

/** The queries that a person keeps, and the last ones that were asked, in `searches.json` of a home. */
export class SearchBook {
  #searches: Searches;

  private constructor(
    private readonly file: JsonFile<Searches>,
    private readonly now: () => number,
  ) {
    this.#searches = file.opened;
  }

  static async open(home: string, now: () => number = Date.now): Promise<SearchBook> {
    const file = await openJsonFile<Searches>({
      path: join(home, 'searches.json'),
      what: 'searches',
      consequence: 'there are none',
      afterDamage: 'Save them anew. ',
      empty: { saved: [], past: [] },
      parse: (value) => Searches.parse(value),
      now,
    });
    return new SearchBook(file, now);
  }

  /** Why the file could not be read. */
  get problem(): Problem | null {
    return this.file.problem;
  }

  list(): Searches {
    return this.#searches;
  }

  async save(search: Omit<SavedSearch, 'at'>, was?: string): Promise<Problem | null> {
    const others = this.#searches.saved.filter(
      ({ name, page }) => page !== search.page || (name !== search.name && name !== was),
    );
    if (others.length >= mostSaved) {
      return {
        kind: 'searches-full',
        message: `${mostSaved} searches are saved, and no more are kept.`,
        hint: 'Delete one that is no longer needed.',
      };
    }
    const saved = [...others, { ...search, at: this.now() }].sort((a, b) => a.name.localeCompare(b.name));
    return this.#keep({ ...this.#searches, saved });
  }

  async delete(name: string, page: SearchPage): Promise<Problem | null> {
    const saved = this.#searches.saved.filter((search) => search.name !== name || search.page !== page);
    return this.#keep({ ...this.#searches, saved });
  }

  async remember(page: SearchPage, query: string): Promise<Problem | null> {
    const others = this.#searches.past.filter((search) => search.page !== page || search.query !== query);
    const past: PastSearch[] = [{ page, query, at: this.now() }, ...others];
    const kept = past.filter((search) => search.page !== page);
    const own = past.filter((search) => search.page === page).slice(0, mostPast);
    return this.#keep({ ...this.#searches, past: [...own, ...kept].sort((a, b) => b.at - a.at) });
  }

  async #keep(searches: Searches): Promise<Problem | null> {
    const before = this.#searches;
    // In memory first: two that are kept at once both stay.
    this.#searches = searches;
    const problem = await this.file.write(searches);
    if (problem) this.#searches = before;
    return problem;
  }
}
