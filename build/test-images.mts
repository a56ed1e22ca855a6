// Makes stand-ins of the stack's images where no registry can be reached: programs of this machine and of test-images/,
// tagged watchtower-test/SERVICE:latest (`--tag NAME` for another). `--binary tempo=PATH` (also alloy, loki, prometheus)
// puts the real program in.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { findEngine } from '../src/core/backends/docker/containers/connection/find-engine';
import { probeEngine } from '../src/core/backends/docker/containers/connection/probe-engine';
import type { ContainerFile } from '../src/core/backends/docker/containers/container-engine';
import { openDockerApi } from '../src/core/backends/docker/containers/docker-api';
import { packFiles } from '../src/core/backends/docker/containers/pack-files';
import { readLines } from '../src/ground/read-lines';

const programs = { tempo: '/tempo', loki: '/usr/bin/loki', alloy: '/bin/alloy', prometheus: '/bin/prometheus' };
type Service = keyof typeof programs | 'grafana';
const services: readonly Service[] = ['alloy', 'tempo', 'loki', 'prometheus', 'grafana'];
/** User of the real image, and the folder that its volume takes its owner from. */
const owners: Record<Service, { user: string; folder: string; uid: number; gid: number }> = {
  alloy: { user: '0', folder: '/var/lib/alloy/data/', uid: 473, gid: 473 },
  tempo: { user: '10001', folder: '/var/tempo/', uid: 10001, gid: 10001 },
  loki: { user: '10001', folder: '/loki/', uid: 10001, gid: 10001 },
  prometheus: { user: '65534', folder: '/prometheus/', uid: 65534, gid: 65534 },
  grafana: { user: '472', folder: '/var/lib/grafana/', uid: 472, gid: 0 },
};
const base = 'watchtower-test/base';

if (process.platform !== 'linux')
  stop('Stand-ins are made from programs of a Linux machine; here, use the real images.');
const binaries = readBinaries(process.argv.slice(2));
const tagAt = process.argv.indexOf('--tag');
const tag = tagAt === -1 ? 'latest' : (process.argv[tagAt + 1] ?? 'latest');
for (const command of ['bash', 'head', 'grep', 'prometheus']) {
  if (!onPath(command)) stop(`The program ${command} is missing (Debian: apt-get install ${command}).`);
}
if (!existsSync('out/node/engine.mjs')) stop('Build first: npm run build:node');
const engine = await findEngine({ env: process.env, home: homedir(), platform: process.platform }, (endpoint) =>
  probeEngine(endpoint, 3_000),
);
if ('missed' in engine) stop(`${engine.missed.problem.message} ${engine.missed.problem.hint ?? ''}`);
const docker = openDockerApi(engine.found.endpoint, engine.found.apiVersion);

const scratch = mkdtempSync(join(tmpdir(), 'watchtower-images-'));
try {
  await bundleStandIns(scratch);
  await send({ fromSrc: '-', repo: base, tag: 'latest' }, '/images/create?', baseFiles());
  for (const service of services) await buildImage(service);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
for (const service of services)
  console.log(`export WATCHTOWER_IMAGE_${service.toUpperCase()}=watchtower-test/${service}:${tag}`);

async function bundleStandIns(outDir: string): Promise<void> {
  const names = ['tempo', 'loki', 'prometheus', 'grafana', 'wget'];
  const input = Object.fromEntries(names.map((name) => [name, `test-images/${name}.ts`]));
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: true,
      minify: false,
      rollupOptions: {
        input: { ...input, alloy: 'test-images/alloy/main.ts' },
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
      },
    },
  });
}

/** What all stand-ins share: Node, bash and its likes, Watchtower's engine, the real Prometheus. */
function baseFiles(): ContainerFile[] {
  const tools = { '/usr/bin/node': process.execPath, '/usr/bin/prometheus': onPath('prometheus')! };
  const shell = Object.fromEntries(['bash', 'head', 'grep'].map((name) => [`/usr/bin/${name}`, onPath(name)!]));
  const executables = Object.entries({ ...tools, ...shell });
  const libraries = new Set([...executables.map(([, from]) => from), ...binaries.values()].flatMap(librariesOf));
  const authorities = '/etc/ssl/certs/ca-certificates.crt';
  const duckdb = readdirSync('node_modules/@duckdb').map((name) => join('node_modules/@duckdb', name));
  const launcher = (path: string, script: string): ContainerFile => ({
    path,
    content: `#!/usr/bin/bash\nexec /usr/bin/node /opt/stand-in/${script}.mjs "$@"\n`,
    mode: 0o755,
  });
  return [
    { path: '/tmp/', content: '', mode: 0o1777 },
    {
      path: '/etc/passwd',
      content: 'root:x:0:0::/:/usr/bin/bash\nnobody:x:65534:65534::/:/usr/bin/bash\n',
      mode: 0o644,
    },
    ...(existsSync(authorities) ? [{ path: authorities, content: readFileSync(authorities), mode: 0o644 }] : []),
    ...Object.values(owners).map(({ folder, uid, gid }) => ({ path: folder, content: '', mode: 0o770, uid, gid })),
    ...executables.map(([path, from]) => ({ path, content: readFileSync(from), mode: 0o755 })),
    ...[...libraries].map((path) => ({ path, content: readFileSync(path), mode: 0o755 })),
    ...filesBelow(scratch, '/opt/stand-in'),
    ...filesBelow('out/node', '/opt/watchtower'),
    ...duckdb.flatMap((folder) => filesBelow(folder, `/opt/watchtower/${folder}`)),
    ...Object.entries(programs).map(([service, path]) => launcher(path, service)),
    launcher('/run.sh', 'grafana'),
    launcher('/usr/bin/wget', 'wget'),
  ];
}

async function buildImage(service: Service): Promise<void> {
  const program = service === 'grafana' ? '/run.sh' : programs[service];
  const binary = binaries.get(service);
  const dockerfile = [
    `FROM ${base}`,
    ...(binary ? [`COPY program ${program}`] : []),
    `USER ${owners[service].user}`,
    'ENV PATH=/usr/bin:/bin',
    `ENTRYPOINT ["${program}"]`,
    'LABEL dev.watchtower.stand-in=true',
  ].join('\n');
  const files: ContainerFile[] = [{ path: '/Dockerfile', content: dockerfile, mode: 0o644 }];
  if (binary) files.push({ path: '/program', content: readFileSync(binary), mode: 0o755 });
  await send({ t: `watchtower-test/${service}:${tag}`, rm: true, forcerm: true }, '/build?', files);
}

async function send(query: object, path: string, files: readonly ContainerFile[]): Promise<void> {
  const request = {
    path,
    method: 'POST',
    options: { _query: query },
    file: packFiles(files, 0),
    isStream: true,
    statusCodes: { 200: true },
  };
  const answer = await new Promise<AsyncIterable<Buffer>>((resolve, reject) =>
    docker.modem.dial(request, (error: unknown, stream: unknown) =>
      error ? reject(error) : resolve(stream as AsyncIterable<Buffer>),
    ),
  );
  for await (const line of readLines(answer)) {
    const { error } = JSON.parse(line) as { error?: string };
    if (error) stop(error);
  }
}

function readBinaries(args: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const [index, argument] of args.entries()) {
    if (argument !== '--binary') continue;
    const [service = '', path = ''] = (args[index + 1] ?? '').split('=');
    if (!(service in programs) || !existsSync(path)) stop(`--binary takes SERVICE=PATH, got ${args[index + 1]}`);
    found.set(service, path);
  }
  return found;
}

/** Shared libraries of a program, by the paths under which it looks for them. */
function librariesOf(program: string): string[] {
  try {
    const output = execFileSync('ldd', [program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return [...output.matchAll(/(\/\S+) \(0x/g)].map(([, path]) => path!);
  } catch {
    // A static program has none.
    return [];
  }
}

function filesBelow(folder: string, target: string): ContainerFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => ({ path: `${target}/${name}`, content: readFileSync(join(folder, name)), mode: 0o755 }));
}

function onPath(command: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(':')
    .map((folder) => join(folder, command))
    .find((path) => existsSync(path));
}

function stop(message: string): never {
  console.error(message);
  process.exit(1);
}
