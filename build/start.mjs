// Starts the desktop app where a display and Electron are, else the host with the panel for the browser.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const desktop = findDesktop();
if (!desktop.electron) console.error(`${desktop.reason}: serving the panel for the browser instead.`);
const [command, args] = desktop.electron
  ? [desktop.electron, ['.']]
  : [process.execPath, ['out/node/cli.mjs', 'serve', ...process.argv.slice(2)]];
const child = spawn(command, args, { stdio: 'inherit' });
// Ctrl-C reaches the child by itself; this process only waits until it has drained.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code) => process.exit(code ?? 1));

function findDesktop() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return { reason: 'There is no display' };
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join('node_modules', 'electron', 'dist');
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  const electron = join(dist, names[process.platform] ?? 'electron');
  if (existsSync(electron)) return { electron };
  // Electron's package fetches its binary only when first asked; offline, or on an old Node, that fails.
  const fetched = spawnSync(process.execPath, [join('node_modules', 'electron', 'install.js')], {
    stdio: 'ignore',
    timeout: 120_000,
  });
  return fetched.status === 0 && existsSync(electron) ? { electron } : { reason: "Electron's binary could not be had" };
}
