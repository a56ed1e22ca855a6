import type { SearchPage } from '../../../shared/contract/searches';
import { searchPages } from './search-pages';

/** The address of a search, to be opened from elsewhere. */
export function searchLink(page: SearchPage, query: string): string {
  // As the router writes it: a text that reads as a number or as JSON stands in quotes.
  const readsAsValue = /^(?:-?\d|true$|false$|null$|[{["])/.test(query) && isJson(query);
  const q = readsAsValue ? JSON.stringify(query) : query;
  return `${window.location.origin}${searchPages[page].to}?${new URLSearchParams({ q })}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
