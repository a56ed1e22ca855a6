/** The window's own scheme: nothing but this app answers it, and no page of the web may embed or fetch it. */
export const panelScheme = 'watchtower-panel';
export const panelOrigin = `${panelScheme}://app`;

/** Whether an address is of the panel. Node gives no `origin` for a scheme it does not know. */
export function isPanelAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === `${panelScheme}:` && host === 'app' && username === '' && password === '';
}

/** The address of a page of the panel; a path that would lead elsewhere leads to the first page. */
export function panelAddress(path: string): string {
  const address = `${panelOrigin}/${path.replace(/^[/\\]+/, '')}`;
  return isPanelAddress(address) ? address : `${panelOrigin}/`;
}
