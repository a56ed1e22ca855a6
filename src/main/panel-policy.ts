/** The window stays on the panel: same scheme, host and port. */
export function mayNavigate(address: string, origin: string): boolean {
  return URL.canParse(address) && new URL(address).origin === origin;
}

/** Everything is denied but writing text to the clipboard, which every copy button does, and by the panel alone. */
export function mayUse(permission: string, askingAddress: string, origin: string): boolean {
  return permission === 'clipboard-sanitized-write' && mayNavigate(askingAddress, origin);
}

/** A link of the panel that the system's browser may open: a page of this machine beside the panel, such as Grafana. */
export function mayOpenOutside(address: string, origin: string): boolean {
  if (!URL.canParse(address) || mayNavigate(address, origin)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  const web = protocol === 'http:' || protocol === 'https:';
  return web && username === '' && password === '' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}
