import { createRequire } from 'node:module';
import { readCliArguments } from './cli/read-cli-arguments';

// The app's binary is also what runs `watchtower`: nothing of the app is loaded before that is told. The app itself is
// loaded within this turn, because what it registers must be known before Electron is ready.
const argv = readCliArguments(process.argv, { launched: Boolean(process.defaultApp) });
if (argv) {
  const before = process.argv.slice(1, process.argv.length - argv.length);
  void import('./cli/run-cli').then(({ runCli }) => runCli(argv, before));
} else {
  createRequire(import.meta.url)('../main/index.js');
}
