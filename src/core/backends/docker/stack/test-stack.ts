import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BackendStatus } from '../../../../shared/contract/backend';
import { DockerConnection } from '../containers/connection/docker-connection';
import { type ContainerEngine, type ContainerFile, EngineFailure } from '../containers/container-engine';
import { localSocket } from '../containers/test-local-engine';
import { projectLabel } from './plan/stack-plan';
import type { StackServiceName } from './plan/stack-service-name';
import { StackController } from './stack-controller';
import type { StackSettings } from './stack-settings';
import { standInImage } from './test-stand-in';

const quiet = { info() {}, warn() {}, error() {} };
const services: readonly StackServiceName[] = ['alloy', 'tempo', 'loki', 'prometheus', 'grafana'];

export interface TestStack {
  stack: StackController;
  docker: DockerConnection;
  settings: StackSettings;
  backupFolder: string;
  extraFiles: ContainerFile[];
  /** Resolves when the status is as asked; rejects with the last status when it does not come. */
  until(reached: (status: BackendStatus) => boolean, limitMs?: number): Promise<BackendStatus>;
  /** Another host on the same project. */
  another(): Promise<TestStack>;
  /** Ends the host, and leaves the containers. */
  close(): Promise<void>;
  /** Ends it and removes whatever bears the project's label. */
  dispose(engine: ContainerEngine): Promise<void>;
}

/** A controller of the shipped compose file with stand-ins for the images, on free ports and a project of its own. */
export async function openTestStack(
  project = `wt-test-${randomBytes(4).toString('hex')}`,
  socket = localSocket,
): Promise<TestStack> {
  const backupFolder = await mkdtemp(join(tmpdir(), 'watchtower-backups-'));
  const docker = new DockerConnection({
    log: quiet,
    environment: { env: { DOCKER_HOST: `unix://${socket}` }, home: backupFolder, platform: process.platform },
  });
  const settings: StackSettings = {
    file: join(import.meta.dirname, '../../../../../resources/stack/docker-compose.yml'),
    project,
    ports: { otlpGrpc: 0, otlpHttp: 0, tempo: 0, loki: 0, prometheus: 0, grafana: 0, alloy: 0, faro: 0 },
    images: Object.fromEntries(services.map((name) => [name, standInImage('answering')])),
    variables: process.env,
  };
  const extraFiles: ContainerFile[] = [];
  const stack = new StackController({
    docker,
    settings: () => settings,
    extraFiles: async (service) => (service === 'alloy' ? extraFiles : []),
    maskSecrets: (text) => text.replaceAll('canary-secret', '[masked]'),
    backupFolder,
    log: quiet,
  });
  stack.start();
  docker.start();
  const until = (reached: (status: BackendStatus) => boolean, limitMs = 15_000) => awaitStatus(stack, reached, limitMs);
  await until((status) => status.runtime.state === 'connected');
  const close = async () => {
    stack.close();
    docker.stop();
    await rm(backupFolder, { recursive: true, force: true });
  };
  return {
    stack,
    docker,
    settings,
    backupFolder,
    extraFiles,
    until,
    another: () => openTestStack(project, socket),
    close,
    async dispose(engine) {
      await close();
      await removeProject(engine, project);
    },
  };
}

function awaitStatus(stack: StackController, reached: (status: BackendStatus) => boolean, limitMs: number) {
  return new Promise<BackendStatus>((resolve, reject) => {
    const timer = setTimeout(() => {
      end();
      reject(new Error(`It did not come to this: ${JSON.stringify(stack.status(), null, 1)}`));
    }, limitMs);
    const look = () => {
      const status = stack.status();
      if (!reached(status)) return;
      end();
      resolve(status);
    };
    const unsubscribe = stack.subscribe(look);
    const end = () => {
      clearTimeout(timer);
      unsubscribe();
    };
    look();
  });
}

async function removeProject(engine: ContainerEngine, project: string): Promise<void> {
  const label = projectLabel(project);
  for (const { id } of await engine.list(label)) await engine.remove(id, { force: true });
  for (const { name } of await engine.volumes(label)) await engine.removeVolume(name);
  await engine.removeNetwork(`${project}_default`).catch((error: unknown) => {
    if (!(error instanceof EngineFailure)) throw error;
  });
}
