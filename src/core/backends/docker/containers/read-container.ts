import type Docker from 'dockerode';
import type { ContainerDetails, ContainerSummary } from './container-engine';

/** An entry of `GET /containers/json`. */
export function readContainerSummary(info: Docker.ContainerInfo): ContainerSummary {
  return {
    id: info.Id,
    name: (info.Names[0] ?? '').replace(/^\//, ''),
    image: info.Image,
    state: info.State as ContainerSummary['state'],
    labels: info.Labels ?? {},
  };
}

/** The answer of `GET /containers/ID/json`. */
export function readContainerDetails(info: Docker.ContainerInspectInfo): ContainerDetails {
  return {
    id: info.Id,
    name: info.Name.replace(/^\//, ''),
    image: info.Config.Image,
    state: info.State.Status as ContainerDetails['state'],
    labels: info.Config.Labels ?? {},
    startedAt: readTime(info.State.StartedAt),
    finishedAt: readTime(info.State.FinishedAt),
    exitCode: info.State.ExitCode,
    outOfMemory: info.State.OOMKilled,
    error: info.State.Error ?? '',
    restarts: info.RestartCount,
    ports: readPorts(info),
    mounts: info.Mounts.map((mount) => ({
      kind: mount.Type ?? 'bind',
      source: mount.Name ?? mount.Source,
      target: mount.Destination,
    })),
  };
}

/** The published ports of a running container; of one that does not run, those it asks for. */
function readPorts(info: Docker.ContainerInspectInfo): ContainerDetails['ports'] {
  const published: Record<string, { HostIp?: string; HostPort?: string }[] | null> = info.NetworkSettings?.Ports ?? {};
  const asked: typeof published = info.HostConfig.PortBindings ?? {};
  const bindings = Object.values(published).some((list) => list?.length) ? published : asked;
  return Object.entries(bindings).flatMap(([key, list]) =>
    (list ?? []).map(({ HostIp, HostPort }) => ({
      containerPort: Number.parseInt(key, 10),
      hostIp: HostIp || '0.0.0.0',
      hostPort: Number(HostPort),
    })),
  );
}

/** The engine writes year 1 for "never". */
function readTime(text: string | undefined): number | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) || time <= 0 ? null : time;
}
