import type { FoundCluster, MissedCluster } from './finding';

/** `run` numbers the attempts; what an earlier one brings is stale and changes nothing. */
export type ConnectionState =
  | { name: 'stopped'; run: number }
  /** Nothing is known yet. */
  | { name: 'looking'; run: number }
  | { name: 'connected'; run: number; cluster: FoundCluster }
  /** There is none to use; it is looked for again and again. */
  | { name: 'away'; run: number; missed: MissedCluster; tries: number };

export type ConnectionEvent =
  | { type: 'start' }
  | { type: 'stop' }
  /** The user asks, or a pause is over. */
  | { type: 'look-again'; run?: number }
  | { type: 'found'; run: number; cluster: FoundCluster }
  | { type: 'missed'; run: number; missed: MissedCluster }
  | { type: 'check-due'; run: number }
  /** A check of a cluster that was there: null where it answers. */
  | { type: 'checked'; run: number; missed: MissedCluster | null };

export type ConnectionCommand =
  | { do: 'look'; run: number }
  | { do: 'check'; run: number }
  | { do: 'check-later'; run: number }
  | { do: 'pause'; run: number; milliseconds: number };

export const stopped: ConnectionState = { name: 'stopped', run: 0 };
