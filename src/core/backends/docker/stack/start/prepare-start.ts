import type { Problem } from '../../../../../shared/problem';
import type { ContainerDetails, ContainerEngine } from '../../containers/container-engine';
import { explainWrongArchitecture } from '../../containers/explain-wrong-architecture';
import { composeLabels, ownLabels, projectLabel, type ServicePlan, type StackPlan } from '../plan/stack-plan';
import type { StackServiceName } from '../plan/stack-service-name';
import { changesData } from './changes-data';
import { checkPorts } from './check-ports';

/**
 * `keep`: it runs as it should. `start`: it is there and stopped. `replace`: it is there and differs from what is
 * wanted. `create`: there is none.
 */
type Action = 'keep' | 'start' | 'replace' | 'create';

export interface Decision {
  plan: ServicePlan;
  action: Action;
  container: ContainerDetails | null;
  /** Its volumes are copied before another version of the program opens them. */
  backUp: boolean;
}

export interface Preparation {
  decisions: readonly Decision[];
  missingImages: readonly string[];
}

/** Looks at everything that can be in the way of a start, and changes nothing. */
export async function prepareStart(
  engine: ContainerEngine,
  plan: StackPlan,
  architecture: string | undefined,
): Promise<Preparation | { problem: Problem }> {
  const decisions = await Promise.all(plan.services.map((service) => decide(engine, plan.project, service)));
  for (const decision of decisions) if ('problem' in decision) return decision;
  const decided = decisions as Decision[];

  const images = [...new Set(decided.filter(({ action }) => action !== 'keep').map(({ plan }) => plan.spec.image))];
  const found = await Promise.all(images.map(async (image) => ({ image, details: await engine.image(image) })));
  for (const { image, details } of found) {
    const problem = details && architecture && explainWrongArchitecture(image, details.architecture, architecture);
    if (problem) return { problem };
  }

  const own = decided.flatMap(({ container }) => container ?? []);
  const toStart = decided.filter(({ action }) => action !== 'keep');
  const ports = await checkPorts(engine, toStart.map(specToCheck), own);
  if (ports) return { problem: ports };
  return { decisions: decided, missingImages: found.flatMap(({ image, details }) => (details ? [] : [image])) };
}

/** What to do about one service; a Problem where its name belongs to somebody else. */
export async function decide(
  engine: ContainerEngine,
  project: string,
  plan: ServicePlan,
): Promise<Decision | { problem: Problem }> {
  const container = await findContainer(engine, project, plan.name);
  if (!container) {
    const stranger = await engine.inspect(plan.spec.name);
    return stranger
      ? { problem: explainNameTaken(stranger, project) }
      : { plan, action: 'create', container: null, backUp: false };
  }
  const action = compare(plan, container);
  return { plan, action, container, backUp: action === 'replace' && changesData(container.image, plan.spec.image) };
}

async function findContainer(
  engine: ContainerEngine,
  project: string,
  service: StackServiceName,
): Promise<ContainerDetails | null> {
  const listed = await engine.list(projectLabel(project));
  const found = listed.find(
    ({ labels }) => labels[composeLabels.service] === service && labels[composeLabels.oneoff] !== 'True',
  );
  return found ? engine.inspect(found.id) : null;
}

function compare(plan: ServicePlan, container: ContainerDetails): Action {
  const ownHash = container.labels[ownLabels.hash];
  const running = container.state === 'running' || container.state === 'restarting';
  const portsDiffer = plan.spec.ports.some(({ containerPort, hostPort }) => {
    const published = container.ports.find((port) => port.containerPort === containerPort);
    return hostPort !== 0 && published?.hostPort !== hostPort;
  });
  // What `docker compose` made is taken as it is while it runs the same image: its own hash says nothing here.
  if (portsDiffer || container.image !== plan.spec.image) return 'replace';
  if (ownHash === undefined) return running ? 'keep' : 'replace';
  if (ownHash !== plan.hash) return 'replace';
  return running ? 'keep' : 'start';
}

/** A stopped container keeps the ports it was made with. */
function specToCheck({ plan, action, container }: Decision): ServicePlan['spec'] {
  return action === 'start' && container ? { ...plan.spec, ports: withProtocol(container) } : plan.spec;
}

function withProtocol({ ports }: ContainerDetails): ServicePlan['spec']['ports'] {
  return ports.map((port) => ({ ...port, protocol: 'tcp' as const }));
}

function explainNameTaken(stranger: ContainerDetails, project: string): Problem {
  return {
    kind: 'name-taken',
    message: `A container named ${stranger.name} (image ${stranger.image}) is there already and is not of this stack.`,
    hint: `Rename or remove it yourself, or choose another project name than ${project} with WATCHTOWER_PROJECT.`,
  };
}
