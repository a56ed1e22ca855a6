import type { HostLog } from '../log/host-log';
import type { SecretStore } from '../secrets/secret-store';
import type { SettingsStore } from '../settings/settings-store';
import { BackendSwitch } from './backend-switch';
import { openDocker } from './docker/open-docker';
import { EmbeddedBackend } from './embedded/embedded-backend';
import type { EngineController } from './embedded/engine-controller';
import { ExternalBackend } from './external/external-backend';
import { externalSettings } from './external/external-settings';
import { ExternalStore } from './external/external-store';
import { openKubernetes } from './kubernetes/open-kubernetes';

export interface BackendsOptions {
  home: string;
  dataDir: string;
  place: {
    /** Loopback. */
    address: string;
    /** Folder of the shipped stack. */
    stackFolder: string;
    /** Compose project of the Docker stack. */
    project: string;
    stackPorts: { grafana: number; alloy: number; faro: number };
  };
  engine: EngineController;
  settings: SettingsStore;
  secrets: SecretStore;
  maskSecrets(text: string): string;
  /** Frees what the next backend may want for itself, before it starts. */
  makeRoom(): Promise<void>;
  log: HostLog;
}

/** Every backend that can stand behind the ports, and the switch that keeps the chosen one there. None is started. */
export async function openBackends(
  options: BackendsOptions,
): Promise<{ backends: BackendSwitch; externalStore: ExternalStore }> {
  const { home, place, engine, settings, maskSecrets, log } = options;
  const { stackFolder } = place;
  const update = async (patch: Parameters<SettingsStore['update']>[0]) => {
    const outcome = await settings.update(patch);
    return 'problem' in outcome ? outcome.problem : null;
  };
  const docker = openDocker({
    home,
    stackFolder,
    project: place.project,
    ports: () => ({ ...engine.ports, ...place.stackPorts }),
    additions: () => settings.current().pipeline,
    maskSecrets,
    log,
  });
  const kubernetes = openKubernetes({
    home,
    stackFolder,
    context: () => settings.current().kubernetes?.context,
    saveContext: (context) => update({ kubernetes: context === undefined ? {} : { context } }),
    maskSecrets,
    log,
  });
  const store = { settings: externalSettings(settings), secrets: options.secrets };
  const externalStore = await new ExternalStore(store).open();
  const backends = new BackendSwitch({
    backends: {
      embedded: new EmbeddedBackend(engine, { dataDir: options.dataDir, address: place.address }),
      docker,
      kubernetes,
      external: new ExternalBackend({ store: externalStore, log }),
    },
    chosen: settings.current().backend,
    save: (backend) => update({ backend }),
    makeRoom: options.makeRoom,
    log,
  });
  return { backends, externalStore };
}
