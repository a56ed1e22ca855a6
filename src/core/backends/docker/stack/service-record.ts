import type { BackendService } from '../../../../shared/contract/backend';
import type { Problem } from '../../../../shared/problem';
import type { ContainerDetails, ContainerUsage } from '../containers/container-engine';
import { serviceFacts } from './plan/service-facts';
import type { StackServiceName } from './plan/stack-service-name';

/** An end of a container that nobody here asked for. */
interface Crash {
  exitCode: number;
  outOfMemory: boolean;
  /** Last lines it wrote, masked. */
  lastWords: string;
}

/** What is known of one service. */
export interface ServiceRecord {
  readonly name: StackServiceName;
  container: ContainerDetails | null;
  ready: boolean;
  /** Was ready since its container started. */
  wasReady: boolean;
  /** This host is stopping its container. */
  ending: boolean;
  crashes: number;
  /** Restarts of this container by the engine that are of no more concern. */
  forgiven: number;
  crash: Crash | null;
  /** Its container or volume was deleted by somebody else, or it could not be started. */
  problem: Problem | null;
  usage: ContainerUsage | null;
}

export function newRecord(name: StackServiceName): ServiceRecord {
  return {
    name,
    container: null,
    ready: false,
    wasReady: false,
    ending: false,
    crashes: 0,
    forgiven: 0,
    crash: null,
    problem: null,
    usage: null,
  };
}

export function isRunning(record: ServiceRecord): boolean {
  return record.container?.state === 'running';
}

function readState(record: ServiceRecord): BackendService['state'] {
  switch (record.container?.state) {
    case undefined:
      return 'missing';
    case 'created':
      return 'created';
    case 'running':
      if (record.ready) return 'ready';
      return record.wasReady ? 'unready' : 'starting';
    case 'paused':
      return 'unready';
    case 'restarting':
      return 'restarting';
    default:
      return 'exited';
  }
}

/** From here on a service that keeps ending is said to be in a loop. */
export const loopCrashes = 3;

/** Why a service is not as it should be; null for one that is ready or on its way. */
function explainService(record: ServiceRecord): Problem | null {
  const { title } = serviceFacts[record.name];
  if (record.problem) return record.problem;
  if (record.container?.state === 'paused') {
    return { kind: 'service-paused', message: `${title} is paused.`, hint: 'Restart it to go on.' };
  }
  if (record.ready || record.ending) return null;
  if (record.crash && (record.container?.state !== 'running' || record.crashes >= loopCrashes)) {
    return describeCrash(record, record.crash);
  }
  if (record.container?.state === 'running' && record.wasReady) {
    return {
      kind: 'service-not-answering',
      message: `${title} runs and does not answer.`,
      hint: 'Look at its log, or restart it.',
    };
  }
  if (record.container?.state === 'exited') {
    return {
      kind: 'service-ended',
      message: `${title} was stopped (exit code ${record.container.exitCode}).`,
      hint: 'Start the stack to bring it back.',
    };
  }
  return null;
}

function describeCrash({ name, crashes }: ServiceRecord, crash: Crash): Problem {
  const { title } = serviceFacts[name];
  const times = crashes > 1 ? `, ${crashes} times since the stack was started` : '';
  const details = crash.lastWords ? { details: crash.lastWords } : {};
  if (crash.outOfMemory) {
    return {
      kind: 'service-out-of-memory',
      message: `${title} was ended because it needed more memory than it may have${times}.`,
      hint: 'Send it less, or give it more memory in the compose file (mem_limit), then restart it.',
      ...details,
    };
  }
  return {
    kind: crashes >= loopCrashes ? 'service-crash-loop' : 'service-crashed',
    message: `${title} ended with exit code ${crash.exitCode}${times}.`,
    hint: 'Its last lines are below. Restart it once the cause is mended.',
    ...details,
  };
}

/** The contract's view of a service; `image` is what it should run where there is no container. */
export function describeService(record: ServiceRecord, image: string): BackendService {
  const { container, usage, crash } = record;
  const facts = serviceFacts[record.name];
  const problem = explainService(record);
  const running = isRunning(record);
  const exitCode = crash?.exitCode ?? (container?.state === 'exited' ? container.exitCode : undefined);
  return {
    name: record.name,
    title: facts.title,
    image: container?.image ?? image,
    state: readState(record),
    ...(container && { instance: container.id }),
    ...(running && container?.startedAt && { startedAt: container.startedAt }),
    ...(exitCode !== undefined && { exitCode }),
    outOfMemory: crash?.outOfMemory ?? false,
    crashes: record.crashes,
    ports: facts.ports.flatMap(({ title, containerPort, browsable }) => {
      const published = container?.ports.find((port) => port.containerPort === containerPort);
      if (!published?.hostPort) return [];
      const address = `${published.hostIp === '0.0.0.0' ? '127.0.0.1' : published.hostIp}:${published.hostPort}`;
      return [{ name: title, address, ...(browsable && { url: `http://${address}` }) }];
    }),
    ...(running &&
      usage && { cpu: usage.cpu, memoryBytes: usage.memoryBytes, memoryLimitBytes: usage.memoryLimitBytes }),
    ...(problem && { problem }),
  };
}
