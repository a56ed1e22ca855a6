/** Where what is shown can be opened again: the page's own address, or in the desktop app, whose pages have none, its link. */
export function metricLink(): string {
  const { protocol, origin, pathname, search } = window.location;
  return protocol.startsWith('http') ? `${origin}${pathname}${search}` : `watchtower://metrics${search}`;
}
