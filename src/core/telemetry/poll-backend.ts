import { setTimeout as sleep } from 'node:timers/promises';
import { BackendFailure } from './request/backend-failure';

export interface PollOptions {
  everyMs?: number;
  now?: () => number;
  /** Asked before each look. */
  end?: () => boolean;
}

/** Seldom enough not to be one load more on a backend that is in trouble. */
const slowestMs = 10_000;

/**
 * What each look finds, one look after the other until the signal or `end` ends them. A backend that does not answer for a while is
 * asked again, ever less often; a refusal of query or caller ends it.
 */
export async function* pollBackend<Batch>(
  look: () => Promise<Batch[]>,
  signal: AbortSignal,
  { everyMs, end }: Required<Pick<PollOptions, 'everyMs' | 'end'>>,
): AsyncGenerator<Batch> {
  let pauseMs = everyMs;
  while (!signal.aborted && !end()) {
    try {
      yield* await look();
      pauseMs = everyMs;
    } catch (error) {
      if (signal.aborted) return;
      if (!isPassing(error)) throw error;
      pauseMs = Math.min(slowestMs, pauseMs * 2);
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => {});
  }
}

/** No answer, or a fault of the server: not a refusal of query or caller. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof BackendFailure) || error.kind !== 'unavailable') return false;
  return error.status === undefined || error.status >= 500 || error.status === 429;
}
