import type { AppUpdater } from 'electron-updater';
import type { UpdateSource } from './update-controller';

export type UpdateChannel = 'latest' | 'beta';

/**
 * electron-updater, held back: nothing is fetched or installed unasked, and never an older version. `installFailed` is
 * called where an update that was fetched cannot be put in place; macOS checks its signature only then.
 */
export function openUpdateSource(updater: AppUpdater, channel: UpdateChannel, installFailed: () => void): UpdateSource {
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  // Would fetch parts at install time, past the check of the whole.
  updater.disableWebInstaller = true;
  updater.allowPrerelease = channel === 'beta';
  updater.channel = channel;
  // Setting the channel allows it.
  updater.allowDowngrade = false;
  // Without a listener an error of electron-updater ends the process; it is told by the rejection as well.
  updater.on('error', () => {});
  return {
    async check() {
      const result = await updater.checkForUpdates();
      return result?.isUpdateAvailable ? result.updateInfo.version : null;
    },
    async download(onPercent) {
      const report = ({ percent }: { percent: number }) => onPercent(percent);
      updater.on('download-progress', report);
      await updater.downloadUpdate().finally(() => updater.off('download-progress', report));
    },
    install() {
      updater.once('error', installFailed);
      updater.quitAndInstall();
    },
  };
}
