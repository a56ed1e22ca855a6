import { posix } from 'node:path';
import type { EngineCandidate, EngineEnvironment } from '../engine-endpoint';

/** Where the usual engines put their sockets, the ones that Docker's command itself would take first. */
export function wellKnownSockets({ env, home, platform }: EngineEnvironment): EngineCandidate[] {
  if (platform === 'win32') return pipes.map(([name, owner]) => pipe(name, owner));
  const { join } = posix;
  const config = env.XDG_CONFIG_HOME || join(home, '.config');
  const runtime = env.XDG_RUNTIME_DIR;
  const colima = join(env.COLIMA_HOME || join(home, '.colima'), env.COLIMA_PROFILE || 'default', 'docker.sock');
  const machine = join(home, '.local/share/containers/podman/machine');
  const sockets: [path: string, owner: string][] =
    platform === 'darwin'
      ? [
          [join(home, '.docker/run/docker.sock'), 'Docker Desktop'],
          [join(home, '.orbstack/run/docker.sock'), 'OrbStack'],
          [colima, 'Colima'],
          [join(config, 'colima/default/docker.sock'), 'Colima'],
          [join(home, '.rd/docker.sock'), 'Rancher Desktop'],
          ['/var/run/docker.sock', 'the system'],
          [join(machine, 'podman.sock'), 'Podman'],
          [join(machine, 'qemu/podman.sock'), 'Podman'],
        ]
      : [
          ['/var/run/docker.sock', 'the system'],
          ...(runtime ? [[join(runtime, 'docker.sock'), 'rootless Docker'] as [string, string]] : []),
          [join(home, '.docker/run/docker.sock'), 'rootless Docker'],
          [join(home, '.docker/desktop/docker.sock'), 'Docker Desktop'],
          [join(home, '.rd/docker.sock'), 'Rancher Desktop'],
          [colima, 'Colima'],
          ...(runtime ? [[join(runtime, 'podman/podman.sock'), 'rootless Podman'] as [string, string]] : []),
          ['/run/podman/podman.sock', 'Podman'],
        ];
  return sockets.map(([path, owner]) => ({
    endpoint: { kind: 'socket', url: `unix://${path}`, path },
    reason: `socket of ${owner}`,
  }));
}

const pipes = [
  ['docker_engine', 'Docker'],
  ['dockerDesktopLinuxEngine', 'Docker Desktop'],
  ['podman-machine-default', 'Podman'],
] as const;

function pipe(name: string, owner: string): EngineCandidate {
  const path = `//./pipe/${name}`;
  return { endpoint: { kind: 'socket', url: `npipe://${path}`, path }, reason: `pipe of ${owner}` };
}
