import { join } from 'node:path';
import type { Settings } from '../../../shared/contract/host';
import type { HostLog } from '../../log/host-log';
import { DockerConnection } from './containers/connection/docker-connection';
import { DockerBackend } from './docker-backend';
import type { StackPorts } from './stack/plan/service-facts';
import { StackController } from './stack/stack-controller';
import { StackPipeline } from './stack-pipeline';
import { VolumeMeter } from './volume-meter';

export interface DockerRoomOptions {
  home: string;
  /** Folder of the shipped stack, `resources/stack`. */
  stackFolder: string;
  project: string;
  ports(): StackPorts;
  additions(): Settings['pipeline'];
  maskSecrets(text: string): string;
  log: HostLog;
}

export interface DockerRoom {
  stack: StackController;
  pipeline: StackPipeline;
  backend: DockerBackend;
  /** Looks for a container engine from now on; a host that never needs one never asks. */
  wake(): void;
  /** Containers stay as they are. */
  close(): Promise<void>;
}

/** The Docker stack with its connection, Alloy's pipeline and the backend made of them. Nothing is asked before `wake`. */
export function openDockerRoom(options: DockerRoomOptions): DockerRoom {
  const { log, maskSecrets, project } = options;
  const docker = new DockerConnection({ log });
  const stack: StackController = new StackController({
    docker,
    settings: () => ({
      file: join(options.stackFolder, 'docker-compose.yml'),
      project,
      ports: options.ports(),
      images: {},
      variables: process.env,
    }),
    extraFiles: async (service) => pipeline.filesOf(service),
    maskSecrets,
    backupFolder: join(options.home, 'backups'),
    log,
  });
  const pipeline: StackPipeline = new StackPipeline({ docker, stack, additions: options.additions, maskSecrets, log });
  let awake = false;
  const wake = () => {
    if (awake) return;
    awake = true;
    docker.start();
    stack.start();
    pipeline.start();
  };
  const backend = new DockerBackend({ stack, pipeline, volumes: new VolumeMeter(stack, log), wake, log });
  return {
    stack,
    pipeline,
    backend,
    wake,
    async close() {
      pipeline.close();
      stack.close();
      await docker.stop();
    },
  };
}
