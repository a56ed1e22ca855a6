/** Between two snapshots, unless chosen; a change within the pause is told at its end. */
const defaultPauseMs = 500;

export interface StatusSource<Status> {
  read(): Status;
  subscribe(listener: () => void): () => void;
}

/**
 * Snapshots of a source: the first at once, then every change after a pause, until the signal ends it. One that reads as
 * the last one did is not told: an idle host wakes nobody.
 */
export async function* createStatusFeed<Status>(
  source: StatusSource<Status>,
  signal?: AbortSignal,
  pauseMs = defaultPauseMs,
): AsyncGenerator<Status> {
  let changed = true;
  let told = '';
  let wake = () => {};
  const unsubscribe = source.subscribe(() => {
    changed = true;
    wake();
  });
  const end = () => wake();
  signal?.addEventListener('abort', end);
  try {
    while (!signal?.aborted) {
      if (changed) {
        changed = false;
        const status = source.read();
        const text = JSON.stringify(status);
        if (text === told) continue;
        told = text;
        yield status;
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, pauseMs);
          wake = () => {
            if (!signal?.aborted) return;
            clearTimeout(timer);
            resolve();
          };
        });
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    unsubscribe();
    signal?.removeEventListener('abort', end);
  }
}
