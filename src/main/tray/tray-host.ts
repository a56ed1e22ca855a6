import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const answerMs = 2000;
const watcher = 'org.kde.StatusNotifierWatcher';
const path = '/StatusNotifierWatcher';
const property = 'IsStatusNotifierHostRegistered';

/** Both belong to the desktops' own base; the second one answers where the first is not installed. */
const questions: [command: string, args: string[]][] = [
  [
    'gdbus',
    ['call', '--session', '-d', watcher, '-o', path, '-m', 'org.freedesktop.DBus.Properties.Get', watcher, property],
  ],
  ['busctl', ['--user', 'get-property', watcher, path, watcher, property]],
];

/**
 * Whether the desktop shows tray icons. macOS and Windows always do; on Linux a StatusNotifier host must run, which
 * GNOME has only with an extension. What cannot be found out counts as none: an app without a way back is worse.
 */
export async function hasTrayHost(platform: NodeJS.Platform = process.platform): Promise<boolean> {
  if (platform !== 'linux') return true;
  for (const [command, args] of questions) {
    try {
      return /\btrue\b/.test((await run(command, args, { timeout: answerMs })).stdout);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return false;
    }
  }
  return false;
}
