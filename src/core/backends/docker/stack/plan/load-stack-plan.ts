import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Problem } from '../../../../../shared/problem';
import type { ContainerFile, ContainerSpec } from '../../containers/container-engine';
import { ComposeFile, type ComposeService } from './compose-schema';
import { interpolateAll, type Variables } from './interpolate';
import { composeLabels, ownLabels, type ServicePlan, type StackPlan } from './stack-plan';
import type { StackServiceName } from './stack-service-name';

export interface StackSource {
  /** Path of the compose file; its configs lie beside it. */
  file: string;
  variables: Variables;
}

export type StackPlanOutcome = { plan: StackPlan } | { problem: Problem };

/** Reads the compose file and its configs. A key or value that cannot be carried out is a Problem that names it. */
export async function loadStackPlan({ file, variables }: StackSource): Promise<StackPlanOutcome> {
  const path = resolve(file);
  try {
    const document = parseDocument(await readFile(path, 'utf8'), { merge: true });
    if (document.errors[0]) return invalid(path, document.errors[0].message);
    const compose = ComposeFile.safeParse(interpolateAll(document.toJS(), variables));
    if (!compose.success) return invalid(path, describeIssue(compose.error.issues[0]!));
    return await makePlan(path, compose.data);
  } catch (error) {
    return invalid(path, (error as Error).message);
  }
}

function invalid(path: string, message: string): StackPlanOutcome {
  return {
    problem: {
      kind: 'stack-file-invalid',
      message: `The stack's compose file cannot be used: ${message}.`,
      hint: 'Mend the file, or install Watchtower again to get the shipped one back.',
      details: path,
    },
  };
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const place = issue.path.join('.');
  if (issue.code !== 'unrecognized_keys') return `${place || 'the file'}: ${issue.message}`;
  return `"${[place, issue.keys[0]].filter(Boolean).join('.')}" is not a key that Watchtower carries out`;
}

async function makePlan(path: string, compose: ComposeFile): Promise<StackPlanOutcome> {
  const project = compose.name;
  const folder = dirname(path);
  const common = { [composeLabels.project]: project, [composeLabels.version]: '2' };
  const volumes = Object.keys(compose.volumes).map((key) => ({
    key,
    name: `${project}_${key}`,
    labels: { ...common, [composeLabels.volume]: key },
  }));
  const order = orderServices(compose.services);
  if (!order) return invalid(path, 'its services depend on each other in a circle');
  const services: ServicePlan[] = [];
  for (const name of order) {
    const service = compose.services[name];
    const files: ContainerFile[] = [];
    for (const { source, target, mode, uid, gid } of service.configs) {
      const config = compose.configs[source];
      if (!config) return invalid(path, `services.${name}.configs: there is no config "${source}"`);
      const content = await readFile(resolve(folder, config.file));
      files.push({ path: target, content, mode, ...(uid && { uid: Number(uid) }), ...(gid && { gid: Number(gid) }) });
    }
    const unknown = service.volumes.find(({ volume }) => !(volume in compose.volumes));
    if (unknown) return invalid(path, `services.${name}.volumes: there is no volume "${unknown.volume}"`);
    const dependsOn = Object.entries(service.depends_on).map(([other, { condition }]) => ({
      service: other as StackServiceName,
      healthy: condition === 'service_healthy',
    }));
    const spec = makeSpec(project, name, service);
    const hash = hashService(spec, files);
    const labels = {
      ...spec.labels,
      ...common,
      [composeLabels.service]: name,
      [composeLabels.number]: '1',
      [composeLabels.oneoff]: 'False',
      [composeLabels.hash]: hash,
      [composeLabels.workingDir]: folder,
      [composeLabels.configFiles]: path,
      [composeLabels.dependsOn]: Object.entries(service.depends_on)
        .map(([other, { condition, restart }]) => `${other}:${condition}:${restart ?? false}`)
        .join(','),
      [ownLabels.hash]: hash,
      [ownLabels.configs]: 'copied',
    };
    services.push({ name, spec: { ...spec, labels }, files, dependsOn, hash });
  }
  const network = { name: `${project}_default`, labels: { ...common, [composeLabels.network]: 'default' } };
  return { plan: { project, network, volumes, services } };
}

function makeSpec(project: string, name: StackServiceName, service: ComposeService): ContainerSpec {
  const { healthcheck } = service;
  return {
    name: `${project}-${name}-1`,
    image: service.image,
    ...(service.entrypoint && { entrypoint: service.entrypoint }),
    ...(service.command && { command: service.command }),
    ...(service.user && { user: service.user }),
    environment: service.environment,
    labels: service.labels,
    mounts: service.volumes.map(({ volume, ...mount }) => ({ volume: `${project}_${volume}`, ...mount })),
    ports: service.ports,
    network: `${project}_default`,
    aliases: [name],
    extraHosts: service.extra_hosts,
    restart: service.restart,
    ...(service.mem_limit !== undefined && { memoryBytes: service.mem_limit }),
    ...(service.cpus !== undefined && { cpus: service.cpus }),
    ...(healthcheck && {
      healthcheck: {
        test: healthcheck.test,
        ...(healthcheck.interval !== undefined && { interval: healthcheck.interval }),
        ...(healthcheck.timeout !== undefined && { timeout: healthcheck.timeout }),
        ...(healthcheck.start_period !== undefined && { startPeriod: healthcheck.start_period }),
        ...(healthcheck.retries !== undefined && { retries: healthcheck.retries }),
      },
    }),
    ...(service.stop_grace_period !== undefined && { stopGraceMs: service.stop_grace_period }),
    ...(service.read_only !== undefined && { readOnlyRoot: service.read_only }),
    ...(service.security_opt && { securityOptions: service.security_opt }),
    ...(service.cap_drop && { dropCapabilities: service.cap_drop }),
  };
}

/** Host ports stay out: where they are chosen freely they differ from start to start. */
function hashService(spec: ContainerSpec, files: readonly ContainerFile[]): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify({ ...spec, ports: spec.ports.map(({ containerPort }) => containerPort) }));
  for (const { path, content, mode } of files) hash.update(`\0${path}\0${mode}\0`).update(content);
  return hash.digest('hex');
}

/** Each service after those it depends on; null where they depend on each other. */
function orderServices(services: ComposeFile['services']): StackServiceName[] | null {
  const waiting = new Set(Object.keys(services) as StackServiceName[]);
  const ordered: StackServiceName[] = [];
  while (waiting.size > 0) {
    const free = [...waiting].find((name) =>
      Object.keys(services[name].depends_on).every((other) => !waiting.has(other as StackServiceName)),
    );
    if (!free) return null;
    waiting.delete(free);
    ordered.push(free);
  }
  return ordered;
}
