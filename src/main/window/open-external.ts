import { shell } from 'electron';
import { mayOpenOutside } from './panel-policy';

/** The one way from this app to the system's browser. Whether the address was allowed. */
export function openExternal(address: string): boolean {
  if (!mayOpenOutside(address)) return false;
  void shell.openExternal(address);
  return true;
}
