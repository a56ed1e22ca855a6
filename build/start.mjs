// Starts the desktop app where a display and Electron are, else the host with the panel for the browser.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { findElectron } from './find-electron.mjs';

const cli = resolve('out', 'node', 'cli.cjs');
const flags = process.argv.slice(2).filter((flag) => flag !== '--headless');
const desktop = process.argv.includes('--headless') ? {} : findElectron('.');
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
