// Starts the desktop app where a display and Electron are, else the host with the panel for the browser.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

const cli = resolve('out', 'node', 'cli.mjs');
const flags = process.argv.slice(2).filter((flag) => flag !== '--headless');
const desktop = process.argv.includes('--headless') ? {} : findDesktop();
if (desktop.reason) console.error(`${desktop.reason}: serving the panel for the browser instead.`);
sayCommand();
if (desktop.electron)
  console.log('The panel opens in a window of its own; `watchtower open` shows it in the browser.\n');
const [command, args] = desktop.electron
  ? [desktop.electron, ['.', ...flags]]
  : [process.execPath, [cli, 'serve', ...flags]];
const child = spawn(command, args, { stdio: 'inherit' });
// Ctrl-C reaches the child by itself; this process only waits until it has drained.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code) => process.exit(code ?? 1));

/** How `watchtower` is called from another terminal, unless it can be already. */
function sayCommand() {
  if (isOnPath()) return;
  const forNow =
    process.platform === 'win32'
      ? `function watchtower { node "${cli}" @args }`
      : `alias watchtower="node '${cli.replaceAll("'", `'\\''`)}'"`;
  console.log(`
The command \`watchtower\` is not on your path yet. In another terminal:

  ${forNow}

makes it known to that terminal, and this to all, once:

  cd "${process.cwd()}" && npm link
`);
}

function isOnPath() {
  const names = process.platform === 'win32' ? ['watchtower.cmd'] : ['watchtower'];
  const places = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const found = places.find((place) => existsSync(place));
  // Windows has a script there, not a link.
  return found !== undefined && (process.platform === 'win32' || realpathSync(found) === realpathSync(cli));
}

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
