import type { EnginePorts } from '../../../shared/engine-messages';
import type { Problem } from '../../../shared/problem';

/** `run` numbers the engine processes of this host; an event of an earlier run is stale and changes nothing. */
export type EngineState =
  | { name: 'stopped'; run: number }
  /** `failures` counts the starts before this one that failed for a cause that may pass. */
  | { name: 'starting'; run: number; crashes: readonly number[]; failures?: number; ports?: EnginePorts }
  | { name: 'ready'; run: number; crashes: readonly number[]; ports: EnginePorts }
  /** Crashed; the next process starts after a pause. */
  | { name: 'waiting'; run: number; crashes: readonly number[]; crash: Crash }
  | { name: 'stopping'; run: number; startAgain: boolean }
  /** With `failures` another start follows by itself. */
  | { name: 'failed'; run: number; problem: Problem; failures?: number };

export interface Crash {
  code: number | null;
  signal: string | null;
  /** Last lines the process wrote to stderr. */
  stderr: string;
}

/** Times are Unix milliseconds. */
export type EngineEvent =
  | { type: 'start' }
  | { type: 'stop' }
  | { type: 'restart' }
  | { type: 'listening'; run: number; ports: EnginePorts }
  | { type: 'ready'; run: number }
  | { type: 'fatal'; run: number; problem: Problem }
  | { type: 'exited'; run: number; at: number; crash: Crash }
  | { type: 'pause-over'; run: number }
  | { type: 'drain-overdue'; run: number };

export type EngineCommandToRun =
  | { do: 'spawn'; run: number }
  | { do: 'drain'; run: number }
  | { do: 'kill'; run: number }
  | { do: 'pause'; run: number; milliseconds: number };

export const stopped: EngineState = { name: 'stopped', run: 0 };
