import { nativeTheme } from 'electron';
import type { Settings } from '../../shared/contract/host';

/** Gives menus, dialogs and the ground of the next window the theme that was chosen for the panel. */
export function followTheme(theme: Settings['theme'] | undefined): void {
  if (theme && nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme;
}
