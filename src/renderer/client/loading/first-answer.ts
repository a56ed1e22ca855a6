/** However slow the first answer is, what stands beside it is asked for after so long. */
const mostMs = 1500;

let underWay = 0;
const waiting = new Set<() => void>();

/**
 * Asks for what a page was opened for, such as its list: until that is answered, whoever asks by `afterFirst` waits. An engine that is busy has one
 * thread for both, and would answer each later.
 */
export async function askFirst<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  underWay += 1;
  try {
    return await ask();
  } finally {
    underWay -= 1;
    if (underWay === 0) for (const go of [...waiting]) go();
  }
}

/** Resolves once what the page was opened for is answered, at the latest after a second and a half. Rejects with the signal's reason. */
export async function afterFirst(signal?: AbortSignal): Promise<void> {
  // What is drawn in one turn asks in the order of its parts, and the first of them may be the last to ask.
  await Promise.resolve();
  if (underWay > 0)
    await new Promise<void>((resolve) => {
      const go = () => {
        clearTimeout(late);
        waiting.delete(go);
        signal?.removeEventListener('abort', go);
        resolve();
      };
      const late = setTimeout(go, mostMs);
      waiting.add(go);
      signal?.addEventListener('abort', go);
    });
  signal?.throwIfAborted();
}

/** The same for what is followed: it is answered with its first value. `signal` ends it. */
export async function followFirst<Value>(
  open: () => Promise<AsyncIterable<Value>>,
  signal: AbortSignal,
): Promise<AsyncIterable<Value>> {
  let answered = () => {};
  void askFirst(
    () =>
      new Promise<void>((resolve) => {
        answered = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      }),
  );
  try {
    return tellEach(await open(), answered);
  } catch (error) {
    answered();
    throw error;
  }
}

async function* tellEach<Value>(values: AsyncIterable<Value>, answered: () => void): AsyncGenerator<Value> {
  try {
    for await (const value of values) {
      answered();
      yield value;
    }
  } finally {
    answered();
  }
}
