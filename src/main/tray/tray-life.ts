import type { AppTray } from './tray';

const lookMs = 2000;
/** At login the app may be there before the desktop's panel is. */
const patienceMs = 30_000;

/**
 * Opens the tray once the desktop can show it: Electron asks for a StatusNotifier host a single time. Where none comes,
 * it is opened all the same, for the trays of old that Electron falls back to.
 */
export async function openTrayWhenShown(
  open: () => AppTray,
  hasHost: () => Promise<boolean>,
  pause: (milliseconds: number) => Promise<void>,
): Promise<{ tray: AppTray; shown: boolean }> {
  for (let waited = 0; waited < patienceMs; waited += lookMs) {
    if (await hasHost()) return { tray: open(), shown: true };
    await pause(lookMs);
  }
  return { tray: open(), shown: false };
}
