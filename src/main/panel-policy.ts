/** The window stays on the panel: same scheme, host and port. */
export function mayNavigate(address: string, origin: string): boolean {
  return URL.canParse(address) && new URL(address).origin === origin;
}

/** Everything is denied but writing text to the clipboard, which every copy button does, and by the panel alone. */
export function mayUse(permission: string, askingAddress: string, origin: string): boolean {
  return permission === 'clipboard-sanitized-write' && mayNavigate(askingAddress, origin);
}
