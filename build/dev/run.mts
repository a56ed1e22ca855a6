// `npm run dev`: see `usage`. Everything it starts ends with it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from '../find-electron.mjs';
import { desktopCommand } from './desktop-command';
import { readDevOptions, usage } from './dev-options';
import { RestartedProcess } from './restarted-process';
import { startDevHost } from './start-dev-host';
import { watchNodeBuild } from './watch-node-build';

const root = join(import.meta.dirname, '..', '..');
const argv = process.argv.slice(2);
if (argv.includes('--help')) {
  process.stdout.write(usage);
  process.exit(0);
}
const options = readDevOptions(argv, root);
mkdirSync(options.home, { recursive: true, mode: 0o700 });
const say = (text: string) => void process.stdout.write(`[dev] ${text}\n`);

const passOn = (line: string) => void process.stdout.write(`${line}\n`);
const { electron = '', reason } = options.desktop ? findElectron(root) : {};
if (reason) {
  process.stderr.write(`${reason}: leave --desktop out to have the panel in the browser.\n`);
  process.exit(1);
}
const running = options.desktop
  ? new RestartedProcess({ ...desktopCommand(root, electron, options), onLine: passOn }, say)
  : await startDevHost(root, options, say);
const nodeBuild = await watchNodeBuild(root, {
  built() {
    say('built; what runs on it is started');
    void running.restart();
  },
  failed: (error) => say(`not built, what runs goes on: ${error.message}`),
});

let ending = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, async () => {
    if (ending) return;
    ending = true;
    await Promise.allSettled([running.stop(), nodeBuild.close()]);
    process.exit(0);
  });
}
