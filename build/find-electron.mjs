import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const programs = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
const fetchMs = 120_000;

/** Electron's program for a window, `{ electron }`, or why there can be none, `{ reason }`; fetched where it is not here yet. */
export function findElectron(root) {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return { reason: 'There is no display' };
  const module = join(root, 'node_modules', 'electron');
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(module, 'dist');
  const electron = join(dist, programs[process.platform] ?? 'electron');
  if (existsSync(electron)) return { electron };
  // Electron's package fetches its binary only when first asked; offline, or on an old Node, that fails.
  const fetched = spawnSync(process.execPath, [join(module, 'install.js')], { stdio: 'ignore', timeout: fetchMs });
  return fetched.status === 0 && existsSync(electron) ? { electron } : { reason: "Electron's binary could not be had" };
}
