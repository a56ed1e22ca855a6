import { join } from 'node:path';
import { type NativeImage, nativeImage, nativeTheme } from 'electron';
import type { TrayState } from '../host/describe-host-view';

export type TrayLook = 'template' | 'light' | 'dark' | 'tile';

/**
 * macOS colours a template itself; Windows tells whether its bar is dark. Desktops of Linux do not, and have bars that
 * differ from the theme: there the icon brings its own ground.
 */
export function chooseTrayLook(platform: NodeJS.Platform, dark: boolean): TrayLook {
  if (platform === 'darwin') return 'template';
  if (platform === 'win32') return dark ? 'dark' : 'light';
  return 'tile';
}

/** The icon of a state; Electron takes the file of twice the size beside it where the screen is dense. */
export function trayIcon(folder: string, state: TrayState): NativeImage {
  const look = chooseTrayLook(process.platform, nativeTheme.shouldUseDarkColorsForSystemIntegratedUI);
  const image = nativeImage.createFromPath(join(folder, `${state}-${look}.png`));
  if (look === 'template') image.setTemplateImage(true);
  return image;
}
