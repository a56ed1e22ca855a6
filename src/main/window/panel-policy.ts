import { isPanelAddress } from '../bridge/panel-address';

/** The window stays on the panel. */
export function mayNavigate(address: string): boolean {
  return isPanelAddress(address);
}

/** Everything is denied but writing text to the clipboard, which every copy button does, and by the panel alone. */
export function mayUse(permission: string, askingAddress: string): boolean {
  return permission === 'clipboard-sanitized-write' && isPanelAddress(askingAddress);
}

/** Saved is what the panel itself made, such as an exported trace; never what an address leads to. */
export function maySave(address: string): boolean {
  return address.startsWith('blob:') && isPanelAddress(address.slice('blob:'.length));
}

/**
 * What the system's browser may be asked to open: https anywhere, and plain http on this machine, such as Grafana.
 * No other scheme, for the system would start whatever program is registered for it.
 */
export function mayOpenOutside(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  if (protocol === 'https:') return true;
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}
