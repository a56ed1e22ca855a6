/** Whether the URL of an API server leads to this machine, as that of each kind cluster does. */
export function isThisMachine(server: string): boolean {
  return /^https?:\/\/(127(\.\d+){3}|localhost|\[::1\]|0\.0\.0\.0)(:\d+)?\/?$/.test(server);
}
