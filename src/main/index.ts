import { join } from 'node:path';
import { app, type BrowserWindow, dialog, safeStorage } from 'electron';
import { chooseProject, chooseStackPorts } from '../core/backend/stack-defaults';
import { type Core, createCore } from '../core/create-core';
import { choosePorts } from '../core/engine/default-ports';
import { openHostLog } from '../core/open-host-log';
import { findHost } from '../core/ownership/host-file';
import { resolveHome } from '../core/ownership/resolve-home';
import type { Problem } from '../shared/problem';
import { openPanelBridge } from './bridge/panel-bridge';
import { relayToHost } from './bridge/relay-to-host';
import { createKeychainSecretStore } from './keychain-secret-store';
import { readPortSwitches } from './read-port-switches';
import { spawnEngineUtility } from './spawn-engine-utility';
import { openPanelSession } from './window/panel-session';
import { focusWindow, openPanelWindow, showPath } from './window/panel-window';
import { findDeepLink, linkScheme, parseDeepLink } from './window/parse-deep-link';
import { registerPanelScheme } from './window/serve-panel';

let window: BrowserWindow | undefined;
let core: Core | undefined;

/** The page to begin with, while there is no window yet. */
let asked = findDeepLink(process.argv);

function show(path: string | null): void {
  if (!window) {
    asked = path ?? asked;
    return;
  }
  focusWindow(window);
  if (path !== null) showPath(window, path);
}

/** Starts the host, or finds the one that has the home. */
async function startHost(home: string, log: ReturnType<typeof openHostLog>): Promise<Problem | null> {
  const root = app.getAppPath();
  const start = await createCore({
    home,
    address: '127.0.0.1',
    port: 0,
    enginePorts: choosePorts(readPortSwitches((name) => app.commandLine.getSwitchValue(name))),
    stackPorts: chooseStackPorts({}),
    stackFolder: join(root, 'resources', 'stack'),
    project: chooseProject(),
    openSecrets: (folder) => createKeychainSecretStore(folder, safeStorage),
    kind: 'desktop',
    version: app.getVersion(),
    panel: join(root, 'out', 'renderer'),
    spawnEngine: spawnEngineUtility(join(root, 'out', 'node', 'engine.mjs')),
    log,
    onShutdown: () => app.quit(),
  });
  if (start.state === 'failed') return start.problem;
  if (start.state === 'running') {
    core = start.core;
    return null;
  }
  if (await findHost(home)) return null;
  const message = `Watchtower is just starting elsewhere (pid ${start.pid}).`;
  return { kind: 'host-starting', message, hint: 'Open it again in a moment.' };
}

async function run(): Promise<void> {
  await app.whenReady();
  const home = resolveHome();
  const log = openHostLog(home);
  const problem = await startHost(home, log);
  if (problem) {
    dialog.showErrorBox('Watchtower cannot start', `${problem.message}\n\n${problem.hint ?? ''}`);
    app.quit();
    return;
  }
  const bridge = openPanelBridge((port) => {
    if (!core) return relayToHost(home, port);
    core.connect(port);
    return true;
  }, log);
  const session = openPanelSession(join(app.getAppPath(), 'out', 'renderer'));
  window = openPanelWindow({ session, bridge, home, log, path: asked ?? '/' });
}

registerPanelScheme();
// It would overrule the switch that root has to give; the window asks for its sandbox itself as well.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);
app.on('open-url', (event, url) => {
  event.preventDefault();
  show(parseDeepLink(url));
});
app.on('second-instance', (_event, args) => show(findDeepLink(args)));
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
