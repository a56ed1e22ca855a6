import type { Problem } from '../../shared/problem';

/** Where the app stands with a newer version of itself. */
export type UpdateState =
  /** This build never looks for one. */
  | { name: 'off'; why: string }
  | { name: 'idle' }
  | { name: 'checking' }
  /** Looked, and this is the newest. */
  | { name: 'current' }
  | { name: 'available'; version: string }
  | { name: 'downloading'; version: string; percent: number }
  /** Verified, and put in place by `install`. */
  | { name: 'ready'; version: string }
  | { name: 'failed'; problem: Problem };

export type UpdateEvent =
  | { name: 'check' }
  | { name: 'found'; version: string }
  | { name: 'none' }
  /** Only a person's yes makes this one. */
  | { name: 'download' }
  | { name: 'progress'; percent: number }
  | { name: 'downloaded' }
  | { name: 'failed'; message: string }
  | { name: 'install' };

export type UpdateCommand = 'check' | 'download' | 'install';
