import type { Problem } from '../../../../../shared/problem';
import type { HostLog } from '../../../../log/host-log';
import { findFreePort } from '../../../../ports/find-free-port';
import { type ContainerEngine, type ContainerFile, EngineFailure } from '../../containers/container-engine';
import { serviceFacts } from '../plan/service-facts';
import { composeLabels, ownLabels, type ServicePlan } from '../plan/stack-plan';
import type { StackServiceName } from '../plan/stack-service-name';
import { backUpVolumes } from './back-up-volumes';
import { checkPorts } from './check-ports';
import type { Decision } from './prepare-start';

const defaultGraceMs = 10_000;

export interface BringUpOptions {
  extraFiles(service: StackServiceName): Promise<readonly ContainerFile[]>;
  composeHashes: ReadonlyMap<string, string>;
  /** The end of this container is wanted. */
  expectEnd(id: string): void;
  /** This host is about to start the service's container. */
  onStart(service: StackServiceName, id: string): void;
  backupFolder: string;
  now(): number;
  log: HostLog;
}

/**
 * Brings one service's container to run as decided. Null when it runs; a Problem when the engine refused, and then no
 * container that never ran is left behind.
 */
export async function bringUp(
  engine: ContainerEngine,
  { plan, action, container, backUp }: Decision,
  options: BringUpOptions,
): Promise<Problem | null> {
  if (action === 'keep') return null;
  let made: string | null = null;
  try {
    if (container && action === 'replace') {
      options.expectEnd(container.id);
      await engine.stop(container.id, plan.spec.stopGraceMs ?? defaultGraceMs);
      if (backUp) {
        const backup = await backUpVolumes(engine, container, options.backupFolder, new Date(options.now()));
        if ('problem' in backup) return backup.problem;
        options.log.info(
          { service: plan.name, from: container.image, to: plan.spec.image, ...backup },
          'volumes copied',
        );
      }
      await engine.remove(container.id, { force: true });
    }
    const id = container && action === 'start' ? container.id : await create(engine, plan, options);
    if (action !== 'start') made = id;
    // A container made by `docker compose` has its files as mounts, which cannot be replaced.
    if (action !== 'start' || container?.labels[ownLabels.configs] === 'copied') {
      const files = mergeFiles(plan.files, await options.extraFiles(plan.name));
      if (files.length > 0) await engine.putFiles(id, files);
    }
    options.onStart(plan.name, id);
    await engine.start(id);
    return null;
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    if (made) {
      options.expectEnd(made);
      await engine.remove(made, { force: true }).catch(() => undefined);
    }
    return explainFailure(engine, plan, error);
  }
}

async function create(engine: ContainerEngine, plan: ServicePlan, options: BringUpOptions): Promise<string> {
  const { spec } = plan;
  const image = await engine.image(spec.image);
  const ports = [];
  for (const port of spec.ports) {
    ports.push(port.hostPort === 0 ? { ...port, hostPort: await findFreePort(port.hostIp) } : port);
  }
  const labels = {
    ...spec.labels,
    [composeLabels.hash]: options.composeHashes.get(plan.name) ?? plan.hash,
    ...(image && { [composeLabels.image]: image.id }),
  };
  return engine.create({ ...spec, ports, labels });
}

/** A file of the same path is replaced by the later one. */
function mergeFiles(files: readonly ContainerFile[], extra: readonly ContainerFile[]): ContainerFile[] {
  return [...new Map([...files, ...extra].map((file) => [file.path, file])).values()];
}

async function explainFailure(engine: ContainerEngine, plan: ServicePlan, failure: EngineFailure): Promise<Problem> {
  const { title } = serviceFacts[plan.name];
  if (/port is already allocated|address already in use/i.test(failure.message)) {
    const held = await checkPorts(engine, [plan.spec], []).catch(() => null);
    if (held) return held;
  }
  return {
    kind: 'service-start-failed',
    message: `${title} could not be started: ${failure.message}`,
    hint: 'The others stay. Mend the cause, then restart this one.',
  };
}
