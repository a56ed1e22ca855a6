import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { App } from 'electron';
import type { Settings } from '../../shared/contract/host';
import { autostartEntry } from './autostart-entry';

export interface LoginItemPorts {
  app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>;
  platform: NodeJS.Platform;
  /** Of this program: the AppImage where it runs from one. */
  program: string;
  /** `XDG_CONFIG_HOME`, or `.config` in the user's folder. */
  configFolder: string;
}

/** Makes the system start the app when the user logs in, or no more. */
export async function setLoginItem(
  { openAtLogin, startHidden }: Settings['desktop'],
  { app, platform, program, configFolder }: LoginItemPorts,
): Promise<void> {
  const args = startHidden ? ['--hidden'] : [];
  if (platform === 'darwin') return app.setLoginItemSettings({ openAtLogin });
  if (platform === 'win32') {
    // Setting it anew would overrule what was switched off in the Task Manager.
    const isSet = app.getLoginItemSettings({ path: program, args }).openAtLogin === openAtLogin;
    return isSet ? undefined : app.setLoginItemSettings({ openAtLogin, path: program, args });
  }
  const folder = join(configFolder, 'autostart');
  const path = join(folder, 'watchtower.desktop');
  if (!openAtLogin) return rm(path, { force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(path, autostartEntry([program, ...args]));
}
