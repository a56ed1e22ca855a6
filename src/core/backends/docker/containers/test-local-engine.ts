import { existsSync } from 'node:fs';
import { callEngine, getJson, openDockerApi } from './docker-api';
import { DockerEngine, type DockerEngineOptions } from './docker-engine';
import type { EngineEndpoint } from './engine-endpoint';

/** The engine that the tests may use: WATCHTOWER_TEST_DOCKER, else the system's own socket. */
export const localSocket = process.env.WATCHTOWER_TEST_DOCKER ?? '/var/run/docker.sock';

export const localEndpoint: EngineEndpoint = { kind: 'socket', url: `unix://${localSocket}`, path: localSocket };

/** The real engine of this machine, for tests; null, with the reason on the console, where none answers. */
export async function openLocalEngine(options: DockerEngineOptions = {}): Promise<DockerEngine | null> {
  if (!existsSync(localSocket)) return missing(`there is no ${localSocket}`);
  try {
    const { ApiVersion } = await callEngine(
      (signal) => getJson<{ ApiVersion: string }>(openDockerApi(localEndpoint), '/version', signal),
      3_000,
    );
    return new DockerEngine(localEndpoint, ApiVersion, options);
  } catch (error) {
    return missing((error as Error).message);
  }
}

function missing(reason: string): null {
  console.info(`No container engine answers here, its tests are skipped: ${reason}`);
  return null;
}
