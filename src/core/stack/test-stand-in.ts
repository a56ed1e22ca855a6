import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { packFiles } from '../docker/pack-files';
import { localSocket } from '../docker/test-local-engine';

const busybox = ['/bin/busybox', '/usr/bin/busybox'].find(existsSync);

/**
 * Answers the ready URL of every service, and an empty HTTP/2 SETTINGS frame on the port of OTLP over gRPC.
 */
const answering = `#!/bin/busybox sh
busybox mkdir -p /www/- /www/api
for path in ready -/ready api/health; do echo ok > /www/$path; done
for port in 3200 3100 9090 3000 12345 4318; do busybox httpd -p $port -h /www; done
trap 'exit 0' TERM
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
export async function importStandIn(kind: keyof typeof scripts, tag = '1', architecture?: string): Promise<boolean> {
  if (!busybox) {
    console.info('There is no busybox (Debian: busybox-static) to make the stand-ins from: their tests are skipped.');
    return false;
  }
  const archive = packFiles(
    [
      { path: '/bin/busybox', content: readFileSync(busybox), mode: 0o755 },
      { path: '/bin/stand-in', content: scripts[kind], mode: 0o755 },
      { path: '/etc/passwd', content: 'root:x:0:0::/:/bin/sh\n', mode: 0o644 },
    ],
    0,
  );
  const [repo = '', version = ''] = standInImage(kind, tag).split(':');
  const query = new URLSearchParams({ fromSrc: '-', repo, tag: version, changes: 'ENTRYPOINT ["/bin/stand-in"]' });
  if (architecture) query.set('platform', `linux/${architecture}`);
  await new Promise<void>((resolve, reject) => {
    const call = request({ socketPath: localSocket, path: `/images/create?${query}`, method: 'POST' }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => {
        text += chunk;
      });
      answer.on('end', () => (text.includes('"error"') ? reject(new Error(text)) : resolve()));
    });
    call.on('error', reject);
    call.end(archive);
  });
  return true;
}
