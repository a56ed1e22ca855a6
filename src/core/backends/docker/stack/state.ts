import type { Problem } from '../../../../shared/problem';

/**
 * `run` numbers the pieces of work; what an earlier one reports is stale and changes nothing.
 * `mending`: containers of the stack were running when the work began, and stay when it is cancelled.
 */
export type StackState =
  | { name: 'stopped'; run: number }
  | { name: 'preparing'; run: number; mending: boolean }
  | { name: 'pulling'; run: number; mending: boolean }
  /** `ours` is false while only waited for what somebody else starts. */
  | { name: 'starting'; run: number; mending: boolean; ours: boolean }
  | { name: 'ready'; run: number }
  /** `problem` is of the stack as a whole; each service has its own beside it. */
  | { name: 'degraded'; run: number; problem: Problem | null }
  | { name: 'failed'; run: number; problem: Problem }
  | { name: 'stopping'; run: number; next: 'rest' | 'up'; clean: boolean };

/** What is seen of the project's containers: none runs, some run, or all are there and ready. */
export type Sight = 'none' | 'some' | 'all-ready';

export type StackEvent =
  | { type: 'up' }
  | { type: 'down' }
  | { type: 'clean' }
  | { type: 'cancel' }
  | { type: 'prepared'; run: number; missingImages: number }
  | { type: 'pulled'; run: number }
  /** Every service is ready, has failed, or took too long. */
  | { type: 'started'; run: number; sight: Sight }
  | { type: 'stopped'; run: number }
  | { type: 'failed'; run: number; problem: Problem }
  | { type: 'seen'; sight: Sight }
  | { type: 'engine-lost'; problem: Problem }
  | { type: 'engine-back' };

export type StackCommand =
  | { do: 'prepare'; run: number }
  | { do: 'pull'; run: number }
  | { do: 'start'; run: number }
  /** Waits for containers that somebody else is starting. */
  | { do: 'await'; run: number }
  | { do: 'stop'; run: number; clean: boolean }
  /** Ends the work that is under way. */
  | { do: 'abort' };

export const stopped: StackState = { name: 'stopped', run: 0 };
