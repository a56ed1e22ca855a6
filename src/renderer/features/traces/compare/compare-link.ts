/** Where the comparison can be opened again; in the desktop app, whose pages have no address of their own, its path. */
export function compareLink(a: string, b: string): string {
  const { protocol, origin } = window.location;
  const path = `/traces/compare?${new URLSearchParams({ a, b })}`;
  return protocol.startsWith('http') ? origin + path : path;
}
