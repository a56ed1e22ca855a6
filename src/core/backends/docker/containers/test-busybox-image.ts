import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { callEngine, openDockerApi } from './docker-api';
import { packFiles } from './pack-files';
import { localEndpoint } from './test-local-engine';

const busybox = ['/bin/busybox', '/usr/bin/busybox'].find(existsSync);

export const busyboxImage = 'watchtower-test/busybox:latest';

/** Makes an image of one static program, without a registry. False, with the reason on the console, where it cannot. */
export async function importBusybox(): Promise<boolean> {
  if (await hasImage()) return true;
  if (!busybox) {
    console.info('There is no busybox (Debian: busybox-static) to make a test image from: its tests are skipped.');
    return false;
  }
  const archive = packFiles([{ path: '/bin/busybox', content: readFileSync(busybox), mode: 0o755 }], 0);
  await callEngine(async () => {
    const docker = openDockerApi(localEndpoint);
    // Base and tag of `docker import - NAME`.
    const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) =>
      docker.modem.dial(
        {
          path: '/images/create?',
          method: 'POST',
          options: { _query: { fromSrc: '-', repo: 'watchtower-test/busybox', tag: 'latest' } },
          file: archive,
          isStream: true,
          statusCodes: { 200: true },
        },
        (error: unknown, answer: unknown) => (error ? reject(error) : resolve(answer as NodeJS.ReadableStream)),
      ),
    );
    stream.resume();
    await once(stream, 'end');
  });
  return true;
}

async function hasImage(): Promise<boolean> {
  try {
    await callEngine(() => openDockerApi(localEndpoint).getImage(busyboxImage).inspect());
    return true;
  } catch {
    return false;
  }
}
