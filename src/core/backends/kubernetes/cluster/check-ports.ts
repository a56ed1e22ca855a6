import type { Failure } from '../tools/failure';
import type { Session } from '../tools/session';
import { ports } from './cluster';

/** Names every port of the mappings that is taken, and who holds it. */
export async function checkPorts(session: Session): Promise<Failure | null> {
  const held: string[] = [];
  for (const { name, hostPort } of ports) {
    const holder = await holderOf(session, hostPort);
    if (holder !== null) held.push(`Port ${hostPort} (${name}) is in use by ${holder}.`);
  }
  if (held.length === 0) return null;
  return {
    message: held.join(' '),
    hint: 'Stop what holds it: the ports of a kind cluster are fixed when it is made.',
  };
}

/** Null for a port of the loopback address that is free. */
async function holderOf({ run, machine }: Session, port: number): Promise<string | null> {
  if (await machine.isPortFree(port)) return null;
  const { stdout } = await run('docker', ['ps', '--format', '{{.Names}}\t{{.Ports}}']);
  const container = stdout.split('\n').find((line) => line.includes(`:${port}->`));
  return container ? `the container ${container.split('\t')[0]}` : machine.portHolder(port);
}
