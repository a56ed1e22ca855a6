import { maskValues } from './mask-values';
import { normalizeSql, startsAsSql } from './normalize-sql';
import { normalizeUrl } from './normalize-url';
import { remembered } from './remembered';

const mostCharacters = 300;

/**
 * A span's name without what differs from call to call: ids, numbers, dates, addresses and the literals of SQL are `<*>` or `?`.
 * Words stay, and so do versions (`v1`, `HTTP/1.1`). At most 300 characters, in time proportional to them.
 */
export const normalizeName = remembered((name: string): string => {
  const text = name.slice(0, 2 * mostCharacters).trim();
  if (startsAsSql(text)) return normalizeSql(text).slice(0, mostCharacters);
  return maskValues(text.replace(/[a-z][a-z0-9+]{1,9}:\/\/[^\s"'<>)\]]+/gi, normalizeUrl)).slice(0, mostCharacters);
});
