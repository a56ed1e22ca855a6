import { join } from 'node:path';
import { z } from 'zod';
import { PastSearch, SavedSearch, type Searches, type SearchPage } from '../../shared/contract/searches';
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
    private readonly file: JsonFile<OpenedSearches>,
    private readonly now: () => number,
  ) {
    this.#searches = file.opened.searches;
  }

  static async open(home: string, now: () => number = Date.now): Promise<SearchBook> {
    const file = await openJsonFile<OpenedSearches>({
      path: join(home, 'searches.json'),
      what: 'searches',
      consequence: 'there are none',
      afterDamage: 'Save them anew. ',
      empty: { searches: { saved: [], past: [] }, others: { saved: [], past: [] } },
      parse: readSearches,
      now,
    });
    return new SearchBook(file, now);
  }

  /** Why the file could not be read, or not all of it. */
  get problem(): Problem | null {
    const count = this.file.opened.others.saved.length;
    if (this.file.problem || count === 0) return this.file.problem;
    return {
      kind: 'searches-unreadable',
      message: `${count === 1 ? 'One of the saved searches is' : `${count} of the saved searches are`} not listed: this version of Watchtower cannot read ${count === 1 ? 'it' : 'them'}.`,
      hint: 'The others are as they were. What is not listed stays in `searches.json` of the home, for the version that wrote it.',
      lifetime: 'until-seen',
    };
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
    const { others } = this.file.opened;
    const problem = await this.file.write({
      saved: [...searches.saved, ...others.saved],
      past: [...searches.past, ...others.past],
    });
    if (problem) this.#searches = before;
    return problem;
  }
}

/** What a file holds: searches, and entries of another version, which are written back as they stood. */
interface OpenedSearches {
  searches: Searches;
  others: { saved: unknown[]; past: unknown[] };
}

const SearchFile = z.object({ saved: z.array(z.unknown()), past: z.array(z.unknown()) });

/** One entry that cannot be read takes no other with it. */
function readSearches(value: unknown): OpenedSearches {
  const file = SearchFile.parse(value);
  const saved = sort(file.saved, SavedSearch);
  const past = sort(file.past, PastSearch);
  return {
    searches: { saved: saved.read, past: past.read },
    others: { saved: saved.others, past: past.others },
  };
}

function sort<Entry>(entries: readonly unknown[], schema: z.ZodType<Entry>): { read: Entry[]; others: unknown[] } {
  const read: Entry[] = [];
  const others: unknown[] = [];
  for (const entry of entries) {
    const { data } = schema.safeParse(entry);
    if (data === undefined) others.push(entry);
    else read.push(data);
  }
  return { read, others };
}
