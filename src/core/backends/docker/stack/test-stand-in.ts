import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { packFiles } from '../containers/pack-files';
import { localSocket } from '../containers/test-local-engine';

/** Of this machine, in Docker's words. */
const machine = process.arch === 'x64' ? 'amd64' : process.arch;
const busybox = ['/bin/busybox', '/usr/bin/busybox'].find(existsSync);

/**
 * Answers the ready URL of every service, and an empty HTTP/2 SETTINGS frame on the port of OTLP over gRPC.
 */
const answering = `#!/bin/busybox sh
trap 'exit 0' TERM
busybox mkdir -p /www/- /www/api
for path in ready -/ready api/health; do echo ok > /www/$path; done
for port in 3200 3100 9090 3000 12345 4318; do busybox httpd -p $port -h /www; done
echo "stand-in with $*"
while :; do busybox printf '\\0\\0\\0\\4\\0\\0\\0\\0\\0' | busybox nc -l -p 4317 > /dev/null & wait $!; done
`;

const crashing = `#!/bin/busybox sh
echo "cannot read the schema, token=canary-secret"
exit 7
`;

const greedy = `#!/bin/busybox sh
echo "growing"
busybox tail /dev/zero &
wait $!
exit 1
`;

const scripts = { answering, crashing, greedy } as const;

/** Name of the image of a stand-in; another tag is the same program under another version. */
export function standInImage(kind: keyof typeof scripts, tag = '1'): string {
  return `watchtower-test/stack-${kind}:${tag}`;
}

/** Makes the image without a registry. False where there is no busybox to make it from. */
export async function importStandIn(kind: keyof typeof scripts, tag = '1', architecture = machine): Promise<boolean> {
  if (!busybox) {
    console.info('There is no busybox (Debian: busybox-static) to make the stand-ins from: their tests are skipped.');
    return false;
  }
  const layer = packFiles(
    [
      { path: '/bin/busybox', content: readFileSync(busybox), mode: 0o755 },
      { path: '/bin/stand-in', content: scripts[kind], mode: 0o755 },
    ],
    0,
  );
  const config = JSON.stringify({
    architecture,
    os: 'linux',
    config: { Entrypoint: ['/bin/stand-in'] },
    rootfs: { type: 'layers', diff_ids: [`sha256:${createHash('sha256').update(layer).digest('hex')}`] },
  });
  const manifest = JSON.stringify([
    { Config: 'config.json', RepoTags: [standInImage(kind, tag)], Layers: ['layer.tar'] },
  ]);
  const files = { 'manifest.json': manifest, 'config.json': config, 'layer.tar': layer };
  await loadImage(
    packFiles(
      Object.entries(files).map(([path, content]) => ({ path: `/${path}`, content, mode: 0o644 })),
      0,
    ),
  );
  return true;
}

/** `docker load` of an archive in the form that `docker save` writes. */
function loadImage(archive: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: localSocket, path: '/images/load', method: 'POST' }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => {
        text += chunk;
      });
      answer.on('end', () => (text.includes('Loaded image') ? resolve() : reject(new Error(text))));
    });
    call.on('error', reject);
    call.end(archive);
  });
}
