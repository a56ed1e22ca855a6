/** Where this trace can be opened again: the page's own address, or in the desktop app, whose pages have none, its link. */
export function traceLink(traceId: string): string {
  const { protocol, origin } = window.location;
  return protocol.startsWith('http') ? `${origin}/traces/${traceId}` : `watchtower://trace/${traceId}`;
}
