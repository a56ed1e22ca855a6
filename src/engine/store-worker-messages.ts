import type {
  EngineConfig,
  EngineMessage,
  EnginePorts,
  EngineServiceName,
  EngineStats,
} from '../shared/engine-messages';
import type { Problem } from '../shared/problem';
import type { JournalPosition } from './journal/journal-writer-port';
import type { EngineReport } from './store/derive/self-metrics';

/** `workerData` of the store thread. The data folder is claimed already. */
export interface StoreWorkerStart {
  config: EngineConfig;
  /** As in `keep-journal`. */
  keepJournalFrom: number | null;
}

/** From the receive thread to the store thread. */
export type StoreWorkerCommand =
  /** The journal is durable up to here; sent at most once a turn of the event loop. */
  | { type: 'journal-advanced'; position: JournalPosition }
  /** Apply the whole journal, close the query APIs and the database, answer `drained`, end the thread. */
  | { type: 'drain' }
  | { type: 'clean'; requestId: string }
  /** Answers `ask-journal-end`. */
  | { type: 'journal-end'; requestId: number; position: JournalPosition }
  /** Segments from this one on are still to be forwarded; null: none are. */
  | { type: 'keep-journal'; from: number | null }
  /** Once a second. */
  | { type: 'report'; report: EngineReport }
  | { type: 'retention'; retention: EngineConfig['retention'] };

/** From the store thread to the receive thread. */
export type StoreWorkerMessage =
  /** All three query APIs listen. */
  | { type: 'listening'; ports: Pick<EnginePorts, 'tempo' | 'loki' | 'prometheus'> }
  | { type: 'service'; name: EngineServiceName; state: 'starting' | 'up' | 'down'; detail?: string }
  /** Once a second. */
  | { type: 'stats'; stats: Pick<EngineStats, 'stored' | 'leftOut' | 'diskBytes' | 'oldestAt'> }
  /** Committed up to here. */
  | { type: 'applied'; position: JournalPosition }
  /** Where does that which is durable end? */
  | { type: 'ask-journal-end'; requestId: number }
  | { type: 'problem'; id: string; problem: Problem }
  | { type: 'problem-solved'; id: string }
  | Extract<EngineMessage, { type: 'log' }>
  | { type: 'cleaned'; requestId: string; freedBytes: number | null }
  | { type: 'drained' }
  /** The thread cannot go on; it ends right after. */
  | { type: 'fatal'; problem: Problem };
