import { join } from 'node:path';
import { app, safeStorage } from 'electron';
import { chooseProject, chooseStackPorts } from '../../core/backends/docker/stack-defaults';
import type { CoreOptions } from '../../core/core-options';
import { choosePorts } from '../../core/ports/default-ports';
import { createKeychainSecretStore } from '../keychain-secret-store';
import { readPortSwitches } from '../read-port-switches';
import { spawnEngineUtility } from '../spawn-engine-utility';

/** The host of the desktop app: any free port for the contract, the keychain for secrets, the engine as a utility process. */
export function coreOptions(home: string, log: CoreOptions['log'], onShutdown: () => void): CoreOptions {
  const root = app.getAppPath();
  return {
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
    self: {
      // A mounted AppImage is gone when this process ends.
      command: process.env.APPIMAGE ?? process.execPath,
      args: [
        ...(process.defaultApp ? [root] : []),
        ...(app.commandLine.hasSwitch('no-sandbox') ? ['--no-sandbox'] : []),
        '--cli',
        '--',
      ],
    },
    log,
    onShutdown,
  };
}
