/** Ends a pause early, because there is something new. */
export interface Wake {
  next(): Promise<void>;
}

export interface Patience {
  /** Milliseconds from now. */
  timeoutMs: number;
  /** Longest pause between two looks, in milliseconds. */
  intervalMs?: number | undefined;
  wake?: Wake | undefined;
  signal?: AbortSignal | undefined;
}

const firstPauseMs = 40;
const usualIntervalMs = 500;

/** Looks again and again, ever less often, until `isMet` or the time is over; answers what was seen last. Looks at least once. */
export async function untilMet<Seen>(
  look: () => Promise<Seen>,
  isMet: (seen: Seen) => boolean,
  { timeoutMs, intervalMs = usualIntervalMs, wake, signal }: Patience,
): Promise<Seen> {
  const end = performance.now() + timeoutMs;
  let pauseMs = Math.min(firstPauseMs, intervalMs);
  for (;;) {
    signal?.throwIfAborted();
    const seen = await look();
    const left = end - performance.now();
    if (isMet(seen) || left <= 0) return seen;
    await pause(Math.min(pauseMs, left), wake, signal);
    pauseMs = Math.min(pauseMs * 1.5, intervalMs);
  }
}

function pause(ms: number, wake?: Wake, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
    void wake?.next().then(done);
  });
}
