import { setTimeout as pause } from 'node:timers/promises';
import type { ErrorList } from '../../shared/contract/errors';
import type { Problem } from '../../shared/problem';
import type { ErrorInbox, ReadErrorsInput } from './error-inbox';

const everyMs = 2000;

/**
 * What is listed, told anew when there are other errors or other ones are muted, and where the window goes on with the time, when a part of it
 * has gone by. Ends with the signal; throws what `refuse` makes of a problem.
 */
export async function* followErrors(
  inbox: ErrorInbox,
  { lastMs, ...input }: ReadErrorsInput & { lastMs?: number | undefined },
  refuse: (problem: Problem) => Error,
  signal: AbortSignal | undefined,
  now: () => number = Date.now,
): AsyncGenerator<ErrorList> {
  let told: { version: unknown; at: number } = { version: undefined, at: Number.NEGATIVE_INFINITY };
  try {
    while (!signal?.aborted) {
      const asked = performance.now();
      const at = now();
      const window = lastMs === undefined ? input.window : { from: at - lastMs, to: at + 1 };
      const { answer, version } = await inbox.listWithVersion({ ...input, ...(window && { window }) }, signal);
      if ('problem' in answer) throw refuse(answer.problem);
      const isMoved = lastMs !== undefined && at - told.at >= lastMs / input.buckets;
      if (told.version !== version || isMoved) {
        told = { version, at };
        yield answer;
      }
      // What takes long to answer is asked for less often.
      await pause(Math.max(everyMs, 2 * (performance.now() - asked)), undefined, { signal });
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
