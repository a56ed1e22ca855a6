import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { packFiles } from './pack-files';

/** What the registry does when it is asked for an image. */
export type RegistryMood =
  | 'well'
  | 'rate-limited'
  | 'unauthorized'
  | 'missing'
  | 'broken'
  /** A layer breaks off in its middle. */
  | 'cut'
  /** A layer begins and nothing follows. */
  | 'stalled'
  | 'other-architecture';

export interface FakeRegistry {
  /** `127.0.0.1:PORT`, as it stands before a name. */
  readonly host: string;
  mood: RegistryMood;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

const manifestType = 'application/vnd.docker.distribution.manifest.v2+json';
const listType = 'application/vnd.docker.distribution.manifest.list.v2+json';

/** A registry of one small image under every name, over plain HTTP, which Docker allows on 127.0.0.0/8. For tests. */
export async function openFakeRegistry(architecture = 'amd64'): Promise<FakeRegistry> {
  // Uncompressed layers are allowed; random bytes keep the engine from having it already.
  const content = createHash('sha512').update(`${Date.now()} ${process.hrtime.bigint()}`).digest('hex').repeat(8_000);
  const layer = packFiles([{ path: '/file', content, mode: 0o644 }], 0);
  const config = Buffer.from(
    JSON.stringify({
      architecture,
      os: 'linux',
      config: { Cmd: ['/file'] },
      rootfs: { type: 'layers', diff_ids: [digestOf(layer)] },
    }),
  );
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: {
        mediaType: 'application/vnd.docker.container.image.v1+json',
        size: config.length,
        digest: digestOf(config),
      },
      layers: [
        { mediaType: 'application/vnd.docker.image.rootfs.diff.tar', size: layer.length, digest: digestOf(layer) },
      ],
    }),
  );
  const otherList = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: listType,
      manifests: [
        {
          mediaType: manifestType,
          size: manifest.length,
          digest: digestOf(manifest),
          platform: { architecture: 's390x', os: 'linux' },
        },
      ],
    }),
  );
  const asked: string[] = [];
  const registry = { mood: 'well' as RegistryMood };

  const refuse = (response: ServerResponse, status: number, code: string, message: string) => {
    const body = JSON.stringify({ errors: [{ code, message }] });
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  };
  const serveLayer = (response: ServerResponse) => {
    response.writeHead(200, { 'content-length': layer.length });
    if (registry.mood === 'well') {
      response.end(layer);
      return;
    }
    response.write(layer.subarray(0, 64 * 1024));
    // Cut once the engine has read a part of it.
    if (registry.mood === 'cut') setTimeout(() => response.destroy(), 50);
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost');
    asked.push(`${request.method} ${pathname}`);
    if (pathname === '/v2/') {
      if (registry.mood === 'unauthorized') {
        response.setHeader('www-authenticate', 'Basic realm="test"');
        refuse(response, 401, 'UNAUTHORIZED', 'authentication required');
      } else response.writeHead(200).end('{}');
    } else if (registry.mood === 'rate-limited') {
      refuse(response, 429, 'TOOMANYREQUESTS', 'You have reached your pull rate limit.');
    } else if (registry.mood === 'unauthorized') {
      response.setHeader('www-authenticate', 'Basic realm="test"');
      refuse(response, 401, 'UNAUTHORIZED', 'authentication required');
    } else if (registry.mood === 'missing') {
      refuse(response, 404, 'MANIFEST_UNKNOWN', 'manifest unknown');
    } else if (registry.mood === 'broken') {
      response.writeHead(500).end('oops');
    } else if (pathname.includes('/manifests/')) {
      const list = registry.mood === 'other-architecture' && !pathname.endsWith(digestOf(manifest));
      const body = list ? otherList : manifest;
      response.writeHead(200, {
        'content-type': list ? listType : manifestType,
        'docker-content-digest': digestOf(body),
        'content-length': body.length,
      });
      response.end(request.method === 'HEAD' ? undefined : body);
    } else if (pathname.endsWith(digestOf(config))) {
      response.writeHead(200, { 'content-length': config.length }).end(config);
    } else if (pathname.endsWith(digestOf(layer))) serveLayer(response);
    else refuse(response, 404, 'NAME_UNKNOWN', 'name unknown');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(registry, {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}

function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
