import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import type { Check } from '../../shared/contract/host';
import { findEngine } from '../backends/docker/containers/connection/find-engine';
import { probeEngine } from '../backends/docker/containers/connection/probe-engine';
import { explainHeldPort } from '../ports/explain-held-port';
import { isPortHeld } from '../ports/is-port-held';
import { peekSettings } from '../settings/settings-store';
import { checkDisk, checkNode } from './run-checks';

const probeMs = 2_000;

export interface MachineOptions {
  home: string;
  /** What a host will listen on, and the flag that chooses each otherwise; none where it runs. */
  ports: readonly { port: number; flag: string }[];
}

/** What can be looked at while no host runs, in the order in which a start would meet it. Nothing is written. */
export async function checkMachine({ home, ports }: MachineOptions): Promise<Check[]> {
  const { settings, problem } = await peekSettings(home);
  const settingsCheck: Check[] = problem
    ? [{ name: 'Settings', state: 'warning', message: problem.message, ...(problem.hint && { hint: problem.hint }) }]
    : [];
  return [
    checkNode(process.versions),
    checkHome(home),
    ...settingsCheck,
    await checkDisk(nearestFolder(home)),
    ...(await checkPorts(ports)),
    ...(settings.backend === 'docker' ? [await checkContainerEngine()] : []),
  ];
}

function checkHome(home: string): Check {
  const name = 'Home';
  const folder = nearestFolder(home);
  try {
    if (!statSync(folder).isDirectory()) throw new Error('it is no folder');
    accessSync(folder, constants.W_OK | constants.X_OK);
    return { name, state: 'ok', message: folder === home ? `${home} can be written.` : `${home} will be made.` };
  } catch (error) {
    return {
      name,
      state: 'failed',
      message: `${folder} cannot be written: ${(error as Error).message}.`,
      hint: 'Give this user write access to it, or choose another folder with WATCHTOWER_HOME.',
    };
  }
}

/** The folder itself, else the first above it that exists. */
function nearestFolder(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestFolder(dirname(path));
}

async function checkPorts(ports: MachineOptions['ports']): Promise<Check[]> {
  const name = 'Ports';
  if (ports.length === 0) return [];
  const looked = await Promise.all(ports.map(async (each) => ({ ...each, held: await isPortHeld(each.port) })));
  const held = looked.filter((each) => each.held);
  if (held.length === 0)
    return [{ name, state: 'ok', message: `Nothing listens on ${ports.map(({ port }) => port).join(', ')}.` }];
  return Promise.all(
    held.map(async ({ port, flag }): Promise<Check> => {
      const { message, hint } = await explainHeldPort(port, flag);
      return { name, state: 'failed', message, ...(hint && { hint }) };
    }),
  );
}

async function checkContainerEngine(): Promise<Check> {
  const name = 'Container engine';
  const environment = { env: process.env, home: homedir(), platform: process.platform };
  const finding = await findEngine(environment, (endpoint) => probeEngine(endpoint, probeMs));
  if ('found' in finding) {
    const { name: engine, endpoint, reason } = finding.found;
    return { name, state: 'ok', message: `${engine} at ${endpoint.url} (${reason}).` };
  }
  const { message, hint } = finding.missed.problem;
  return { name, state: 'failed', message, ...(hint && { hint }) };
}
