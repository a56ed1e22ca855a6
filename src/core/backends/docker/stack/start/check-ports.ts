import type { Problem } from '../../../../../shared/problem';
import { isPortFree } from '../../../../ports/find-free-port';
import { findPortHolder } from '../../../../ports/find-port-holder';
import type { ContainerDetails, ContainerEngine, ContainerSpec } from '../../containers/container-engine';
import { serviceFacts } from '../plan/service-facts';

/**
 * Null when every host port of the specs is free; else a Problem that names the ports and who holds them. What the
 * `own` containers hold counts as free: they are the ones to be started or replaced.
 */
export async function checkPorts(
  engine: ContainerEngine,
  specs: readonly ContainerSpec[],
  own: readonly ContainerDetails[],
): Promise<Problem | null> {
  const ours = new Set(
    own.filter(({ state }) => state === 'running').flatMap(({ ports }) => ports.map(({ hostPort }) => hostPort)),
  );
  const wanted = specs.flatMap(({ ports }) => ports).filter(({ hostPort }) => hostPort !== 0 && !ours.has(hostPort));
  if (wanted.length === 0) return null;
  const others = await listOthers(engine, new Set(own.map(({ id }) => id)));
  const held: { port: number; by: string; container: boolean }[] = [];
  for (const { hostPort, hostIp } of wanted) {
    const container = others.find(({ ports }) => ports.some((port) => port.hostPort === hostPort));
    if (container) {
      held.push({ port: hostPort, by: `the container ${container.name}`, container: true });
    } else if (!(await isPortFree(hostPort, hostIp))) {
      held.push({ port: hostPort, by: await nameHolder(hostPort), container: false });
    }
  }
  const first = held[0];
  if (!first) return null;
  return {
    kind: 'port-in-use',
    message: held.map(({ port, by }) => `Port ${port} is in use by ${by}.`).join(' '),
    hint: `${first.container ? 'Stop that container' : 'Stop it'}, or choose another port with ${flagOf(specs, first.port)}.`,
  };
}

async function nameHolder(port: number): Promise<string> {
  const holder = await findPortHolder(port).catch(() => null);
  return holder ? `${holder.name} (pid ${holder.pid})` : 'another process, perhaps of another user';
}

async function listOthers(engine: ContainerEngine, own: ReadonlySet<string>): Promise<ContainerDetails[]> {
  const running = (await engine.list(null)).filter(({ id, state }) => state === 'running' && !own.has(id));
  const details = await Promise.all(running.map(({ id }) => engine.inspect(id)));
  return details.filter((container) => container !== null);
}

/** The flag of `watchtower serve` that chooses the port. */
function flagOf(specs: readonly ContainerSpec[], hostPort: number): string {
  const published = specs.flatMap(({ ports }) => ports).find((port) => port.hostPort === hostPort);
  const known = Object.values(serviceFacts).flatMap(({ ports }) => ports);
  const key = known.find(({ containerPort }) => containerPort === published?.containerPort)?.key;
  return key ? `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}-port` : 'another setting';
}
