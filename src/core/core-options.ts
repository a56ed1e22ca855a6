import type { HostStatus } from '../shared/contract/host';
import type { EnginePorts } from '../shared/engine-messages';
import type { SpawnEngine } from './backends/embedded/spawn-engine';
import type { CliRuntime } from './cli-runtime';
import type { HostLog } from './log/host-log';
import type { SecretStore } from './secrets/secret-store';

/** What a host is made of. */
export interface CoreOptions {
  home: string;
  /** Where telemetry is kept; `data` in the home unless chosen. */
  dataDir?: string | undefined;
  /** Loopback address of every port. */
  address: string;
  /** More names by which the ports are reached, beside those of the settings and of the environment. */
  allowedHosts?: readonly string[] | undefined;
  /** Of the panel and the contract; 0 lets the system choose. */
  port: number;
  enginePorts: EnginePorts;
  /** Of the Docker stack, beside those that it shares with the engine. */
  stackPorts: { grafana: number; alloy: number; faro: number };
  /** Folder of the shipped stack, `resources/stack`. */
  stackFolder: string;
  /** Compose project of the Docker stack. */
  project: string;
  /** Where the secrets of destinations are kept; given the folder of the home. */
  openSecrets(home: string): SecretStore;
  kind: HostStatus['host'];
  version: string;
  /** Folder of the built panel. */
  panel: string;
  spawnEngine: SpawnEngine;
  /** What runs `watchtower` as a process of its own. */
  self: CliRuntime['self'];
  log: HostLog;
  /** Asked for by a client; the host then closes the core and ends. */
  onShutdown(): void;
}
