import { join } from 'node:path';
import type { Settings } from '../../../shared/contract/host';
import type { HostLog } from '../../log/host-log';
import { DockerConnection } from './containers/connection/docker-connection';
import { DockerBackend } from './docker-backend';
import { DockerServices } from './docker-services';
import type { StackPorts } from './stack/plan/service-facts';
import { StackController } from './stack/stack-controller';
import { StackPipeline } from './stack-pipeline';
import { VolumeMeter } from './volume-meter';

export interface DockerOptions {
  home: string;
  /** Folder of the shipped stack, `resources/stack`. */
  stackFolder: string;
  project: string;
  ports(): StackPorts;
  additions(): Settings['pipeline'];
  maskSecrets(text: string): string;
  log: HostLog;
}

/** The Docker stack with its connection and Alloy's pipeline. Nothing is asked before somebody wakes its services. */
export function openDocker(options: DockerOptions): DockerBackend {
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
  return new DockerBackend({
    stack,
    pipeline,
    services: new DockerServices(stack, wake),
    volumes: new VolumeMeter(stack, log),
    log,
    async close() {
      pipeline.close();
      stack.close();
      await docker.stop();
    },
  });
}
