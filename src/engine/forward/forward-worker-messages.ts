import type { EngineConfig, ForwardConfig, ForwardStats } from '../../shared/engine-messages';
import type { Problem } from '../../shared/problem';
import type { JournalPosition } from '../journal/journal-writer-port';

/** `workerData` of the forward thread. */
export interface ForwardWorkerStart {
  dataDir: string;
  retention: EngineConfig['retention'];
  /** Where the journal ends now. */
  end: JournalPosition;
}

/** From the receive thread to the forward thread. Holds secrets: never to be logged. */
export type ForwardWorkerCommand =
  | { type: 'configure'; requestId: number; forward: ForwardConfig; at: JournalPosition }
  | { type: 'journal-advanced'; end: JournalPosition }
  | { type: 'retention'; retention: EngineConfig['retention'] }
  /** Send what stands before `end` for at most `graceMs`, answer `drained`, end the thread. */
  | { type: 'drain'; end: JournalPosition; graceMs: number };

/** From the forward thread to the receive thread. */
export type ForwardWorkerMessage =
  | { type: 'configured'; requestId: number; problem: Problem | null }
  | { type: 'stats'; stats: readonly ForwardStats[] }
  /** Journal segments from this one on are still needed; null: none are. */
  | { type: 'needed'; from: number | null }
  | { type: 'drained' };
