import type Docker from 'dockerode';
import type { ContainerSpec } from './container-engine';

/** The body of `POST /containers/create` for a spec. Throws on a port that would be open beyond this machine: a bug. */
export function toCreateOptions(spec: ContainerSpec): Docker.ContainerCreateOptions {
  for (const { hostIp, hostPort } of spec.ports) {
    if (!/^(127\.|::1$)/.test(hostIp))
      throw new Error(`Port ${hostPort} would be published on ${hostIp || '0.0.0.0'}.`);
  }
  const portKey = (port: { containerPort: number; protocol: string }) => `${port.containerPort}/${port.protocol}`;
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const port of spec.ports) {
    bindings[portKey(port)] ??= [];
    bindings[portKey(port)]!.push({ HostIp: port.hostIp, HostPort: String(port.hostPort) });
  }
  return {
    name: spec.name,
    Image: spec.image,
    ...(spec.entrypoint && { Entrypoint: [...spec.entrypoint] }),
    ...(spec.command && { Cmd: [...spec.command] }),
    ...(spec.user && { User: spec.user }),
    ...(spec.healthcheck && { Healthcheck: toHealthConfig(spec.healthcheck) }),
    ...(spec.stopGraceMs !== undefined && { StopTimeout: Math.ceil(spec.stopGraceMs / 1000) }),
    Env: Object.entries(spec.environment).map(([name, value]) => `${name}=${value}`),
    Labels: { ...spec.labels },
    ExposedPorts: Object.fromEntries(spec.ports.map((port) => [portKey(port), {}])),
    HostConfig: {
      Mounts: spec.mounts.map(({ volume, target, readOnly }) => ({
        Type: 'volume',
        Source: volume,
        Target: target,
        ReadOnly: readOnly ?? false,
      })),
      PortBindings: bindings,
      NetworkMode: spec.network,
      RestartPolicy: { Name: spec.restart },
      ExtraHosts: [...spec.extraHosts],
      ...(spec.memoryBytes !== undefined && { Memory: spec.memoryBytes }),
      ...(spec.cpus !== undefined && { NanoCpus: Math.round(spec.cpus * 1e9) }),
      ...(spec.readOnlyRoot && { ReadonlyRootfs: true }),
      ...(spec.securityOptions && { SecurityOpt: [...spec.securityOptions] }),
      ...(spec.dropCapabilities && { CapDrop: [...spec.dropCapabilities] }),
    },
    NetworkingConfig: { EndpointsConfig: { [spec.network]: { Aliases: [...spec.aliases] } } },
  };
}

function toHealthConfig({
  test,
  interval,
  timeout,
  startPeriod,
  retries,
}: NonNullable<ContainerSpec['healthcheck']>): Docker.HealthConfig {
  // The Engine API counts in nanoseconds; 0 leaves the image's own.
  const nanoseconds = (milliseconds = 0) => milliseconds * 1e6;
  return {
    Test: [...test],
    Interval: nanoseconds(interval),
    Timeout: nanoseconds(timeout),
    StartPeriod: nanoseconds(startPeriod),
    Retries: retries ?? 0,
  };
}
