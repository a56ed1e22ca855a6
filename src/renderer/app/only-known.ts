import { readTimeSearch, type TimeSearch } from '../page/time-window';

type Search = Record<string, unknown>;

/**
 * A page's search parameters as its reader gives them, and the time window, which every page hands on. The router keeps
 * beside what a reader gives also what it left out: so each of those is taken away by name.
 */
export function onlyKnown<Known extends object>(
  read: (search: Search) => Known,
): (search: Search) => Known & TimeSearch {
  return (search) => {
    const nothing = Object.fromEntries(Object.keys(search).map((name) => [name, undefined]));
    return { ...nothing, ...readTimeSearch(search), ...read(search) };
  };
}
