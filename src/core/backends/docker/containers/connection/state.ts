import type { FoundEngine, MissedEngine } from './finding';

/** `run` numbers the attempts; what an earlier one brings is stale and changes nothing. */
export type ConnectionState =
  | { name: 'stopped'; run: number }
  /** Nothing is known yet. */
  | { name: 'looking'; run: number }
  /** `watching`: its events are being read. */
  | { name: 'connected'; run: number; engine: FoundEngine; watching: boolean }
  /** There is none to use; it is looked for again and again. */
  | { name: 'away'; run: number; missed: MissedEngine; tries: number };

export type ConnectionEvent =
  | { type: 'start' }
  | { type: 'stop' }
  /** The user asks, or a pause is over. */
  | { type: 'look-again'; run?: number }
  | { type: 'found'; run: number; engine: FoundEngine }
  | { type: 'missed'; run: number; missed: MissedEngine }
  | { type: 'watching'; run: number }
  | { type: 'events-ended'; run: number }
  | { type: 'check-due'; run: number }
  | { type: 'checked'; run: number; answer: 'alive' | 'gone' | 'silent' }
  /** The machine slept, or its clock was set: events may have been missed. */
  | { type: 'clock-jumped' };

export type ConnectionCommand =
  | { do: 'look'; run: number }
  | { do: 'watch'; run: number }
  | { do: 'unwatch' }
  | { do: 'check'; run: number }
  | { do: 'check-later'; run: number }
  | { do: 'pause'; run: number; milliseconds: number }
  /** Whoever keeps a view of the engine lists again. */
  | { do: 'resync' };

export const stopped: ConnectionState = { name: 'stopped', run: 0 };
