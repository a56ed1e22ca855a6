import { maskValues } from './mask-values';

const loopback =
  /^(?:localhost|127(?:\.\d{1,3}){3}|\[[0-9a-f:.]*\]|\d{1,3}(?:\.\d{1,3}){3}|0\.0\.0\.0|host\.docker\.internal)$/i;

/**
 * An address without what differs from call to call and from machine to machine: `https://api.example.com/orders/<*>`. The host
 * stays where it is a name; port, user, query and fragment go.
 */
export function normalizeUrl(url: string): string {
  const scheme = /^([a-z][a-z0-9+]{1,9}):\/\//i.exec(url);
  if (!scheme) return normalizePath(url);
  const rest = url.slice(scheme[0].length);
  const end = rest.search(/[/?#]/);
  const authority = end === -1 ? rest : rest.slice(0, end);
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d{1,5}$/, '');
  const place = loopback.test(host) ? '<*>' : maskValues(host.toLowerCase());
  return `${scheme[1]!.toLowerCase()}://${place}${end === -1 ? '' : normalizePath(rest.slice(end))}`;
}

/** A path without its query and fragment, its ids as `<*>`. */
export function normalizePath(path: string): string {
  const end = path.search(/[?#]/);
  return maskValues(end === -1 ? path : path.slice(0, end));
}
