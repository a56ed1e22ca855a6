import { join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import { type Core, createCore } from '../core/create-core';
import { choosePorts } from '../core/engine/default-ports';
import { openHostLog } from '../core/open-host-log';
import { findHost } from '../core/ownership/host-file';
import { resolveHome } from '../core/ownership/resolve-home';
import type { Problem } from '../shared/problem';
import { openPanelWindow } from './open-panel-window';
import { readPortSwitches } from './read-port-switches';
import { spawnEngineUtility } from './spawn-engine-utility';

let window: BrowserWindow | undefined;
let core: Core | undefined;

function focus(): void {
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

/** Starts the host, or attaches to the one that has the home, and answers with the address of its panel. */
async function startHost(): Promise<{ entry: string } | { problem: Problem }> {
  const home = resolveHome();
  const root = app.getAppPath();
  const start = await createCore({
    home,
    address: '127.0.0.1',
    port: 0,
    enginePorts: choosePorts(readPortSwitches((name) => app.commandLine.getSwitchValue(name))),
    kind: 'desktop',
    version: app.getVersion(),
    panel: join(root, 'out', 'renderer'),
    spawnEngine: spawnEngineUtility(join(root, 'out', 'node', 'engine.mjs')),
    log: openHostLog(home),
    onShutdown: () => app.quit(),
  });
  if (start.state === 'failed') return { problem: start.problem };
  if (start.state === 'running') {
    core = start.core;
    return { entry: `${core.url}/?token=${core.token}` };
  }
  const host = await findHost(home);
  if (host) return { entry: `${host.url}/?token=${host.token}` };
  const message = `Watchtower is just starting elsewhere (pid ${start.pid}).`;
  return { problem: { kind: 'host-starting', message, hint: 'Open it again in a moment.' } };
}

async function run(): Promise<void> {
  await app.whenReady();
  const started = await startHost();
  if ('problem' in started) {
    dialog.showErrorBox('Watchtower cannot start', `${started.problem.message}\n\n${started.problem.hint ?? ''}`);
    app.quit();
    return;
  }
  window = openPanelWindow(started.entry);
  app.on('second-instance', focus);
}

// A launcher may load this file only after the app is ready; the window asks for its sandbox itself as well.
if (!app.isReady()) app.enableSandbox();
app.on('window-all-closed', () => app.quit());
app.on('before-quit', (event) => {
  const closing = core;
  if (!closing) return;
  // The engine drains first; the second quit finds no core and goes through.
  event.preventDefault();
  core = undefined;
  void closing.close().finally(() => app.quit());
});

if (app.requestSingleInstanceLock()) void run();
else app.quit();
