/** What an API may take for one answer where it says nothing else: Loki's own default. */
export const DEFAULT_DEADLINE_MS = 60_000;

/** The reason with which the signal of a request aborts that has used up its time. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';

  constructor(readonly deadlineMs: number) {
    super(`the query took longer than ${deadlineMs / 1000} s; ask for a shorter time range or fewer series`);
  }
}

/**
 * Runs `answer` with a signal that aborts when `leaving` does or the time is over, whichever is first. Resolves with
 * `DeadlineExceeded` as soon as the time is over, also where `answer` does not look at its signal, and where it failed
 * because of it. What an answer streams afterwards has no deadline: its signal aborts when the client leaves.
 */
export async function runWithDeadline(
  leaving: AbortSignal,
  deadlineMs: number,
  answer: (signal: AbortSignal) => Promise<Response>,
): Promise<Response | DeadlineExceeded> {
  const controller = new AbortController();
  const leave = () => controller.abort(leaving.reason);
  if (leaving.aborted) leave();
  else leaving.addEventListener('abort', leave, { once: true });
  let timer: NodeJS.Timeout | undefined;
  let exceeded: DeadlineExceeded | undefined;
  const late = new Promise<DeadlineExceeded>((resolve) => {
    timer = setTimeout(() => {
      exceeded = new DeadlineExceeded(deadlineMs);
      // Before the signal: an answer that ends because of it comes second.
      resolve(exceeded);
      controller.abort(exceeded);
    }, deadlineMs);
  });
  try {
    return await Promise.race([answer(controller.signal), late]);
  } catch (error) {
    if (exceeded) return exceeded;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
