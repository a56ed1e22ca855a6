import type { Readable } from 'node:stream';
import { readLines } from '../../../../ground/read-lines';
import type { EngineEventMessage } from './container-engine';
import { callEngine, openDockerApi, toEngineFailure } from './docker-api';
import type { EngineEndpoint } from './engine-endpoint';

interface RawEvent {
  Type?: string;
  Action?: string;
  Actor?: { ID?: string; Attributes?: Record<string, string> };
  /** Seconds, and the same in nanoseconds. */
  time?: number;
  timeNano?: number;
}

/** Health checks run a program every few seconds: their exec events are left out at the source. */
const actions = ['create', 'start', 'die', 'oom', 'kill', 'stop', 'restart', 'pause', 'unpause', 'rename', 'destroy'];
const podmanActions = ['died', 'remove'];
const filters: Record<string, string[]> = {
  type: ['container', 'volume', 'network'],
  event: [...actions, ...podmanActions, 'health_status'],
};

/**
 * Reads the engine's events until they end, for whatever reason: `onOpen` once they flow, then each event. Resolves at the end,
 * also where they never began.
 */
export async function watchEvents(
  endpoint: EngineEndpoint,
  apiVersion: string,
  { signal, onOpen, onEvent }: { signal: AbortSignal; onOpen(): void; onEvent(event: EngineEventMessage): void },
): Promise<void> {
  const docker = openDockerApi(endpoint, apiVersion);
  try {
    const stream = (await callEngine(
      // The request lives on after its answer: it is ended by the caller's signal, not by the call's.
      () => docker.getEvents({ filters, abortSignal: signal }),
      5_000,
    )) as Readable;
    onOpen();
    for await (const line of readLines(stream)) {
      const event = readEvent(line);
      if (event) onEvent(event);
    }
  } catch (error) {
    // A broken connection ends the events as a clean end does; the check that follows tells which it was.
    toEngineFailure(error);
  }
}

/** Null for a line that is no event of a container, volume or network. */
export function readEvent(line: string): EngineEventMessage | null {
  if (line.trim() === '') return null;
  const { Type, Action = '', Actor, time = 0, timeNano } = parse(line);
  if (Type !== 'container' && Type !== 'volume' && Type !== 'network') return null;
  const labels = Actor?.Attributes ?? {};
  const exitCode = Number.parseInt(labels.exitCode ?? labels.containerExitCode ?? '', 10);
  return {
    kind: Type,
    action: plainAction(Type, Action),
    id: Actor?.ID ?? '',
    labels,
    ...(!Number.isNaN(exitCode) && { exitCode }),
    at: timeNano ? Math.floor(timeNano / 1e6) : time * 1000,
  };
}

/** A connection that broke leaves the beginning of a line, and an engine that ends may write anything. */
function parse(line: string): RawEvent {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as RawEvent) : {};
  } catch {
    return {};
  }
}

/** Docker's word, where Podman has another; without what follows in `health_status: healthy`. */
function plainAction(kind: EngineEventMessage['kind'], action: string): string {
  const [word = ''] = action.split(':');
  if (word === 'died') return 'die';
  return word === 'remove' && kind !== 'network' ? 'destroy' : word;
}
