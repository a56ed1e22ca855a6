import type { Problem } from '../../../../shared/problem';

/** `run` numbers the pieces of work; what an earlier one reports is stale and changes nothing. */
export type WorkState =
  | { name: 'stopped'; run: number }
  /** Cluster, charts and pods, step by step. */
  | { name: 'starting'; run: number }
  | { name: 'ready'; run: number }
  /** `problem` is of the whole; each workload has its own beside it. */
  | { name: 'degraded'; run: number; problem: Problem | null }
  | { name: 'failed'; run: number; problem: Problem }
  /** `next: 'up'` where a start was asked for meanwhile. `clean`: the cluster is deleted, not only stopped. */
  | { name: 'stopping'; run: number; next: 'rest' | 'up'; clean: boolean };

/** What is seen of the stack's workloads: none is there, some are, or all are ready. */
export type Sight = 'none' | 'some' | 'all-ready';

export type WorkEvent =
  | { type: 'up' }
  | { type: 'down' }
  | { type: 'clean' }
  | { type: 'cancel' }
  | { type: 'started'; run: number; sight: Sight }
  | { type: 'stopped'; run: number }
  | { type: 'failed'; run: number; problem: Problem }
  | { type: 'seen'; sight: Sight }
  | { type: 'cluster-lost'; problem: Problem }
  | { type: 'cluster-back' };

export type WorkCommand =
  | { do: 'start'; run: number }
  | { do: 'stop'; run: number; clean: boolean }
  /** Ends the work that is under way. */
  | { do: 'abort' };

export const stopped: WorkState = { name: 'stopped', run: 0 };
