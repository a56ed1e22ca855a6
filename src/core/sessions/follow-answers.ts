import { setTimeout as pause } from 'node:timers/promises';

const pauseMs = 2000;
/** Between two askings though nothing is known to have changed. */
const restMs = 30_000;

interface Following {
  readonly signal?: AbortSignal | undefined;
  /** Another text once another answer may be given; undefined where that is not known, and it is asked again and again. */
  readonly version?: () => string | undefined;
  readonly everyMs?: number;
}

/** An answer, then each that differs from the last one, asked for again until the signal ends it. */
export async function* followAnswers<Answer>(
  ask: (signal: AbortSignal | undefined) => Promise<Answer>,
  { signal, version = () => undefined, everyMs = pauseMs }: Following = {},
): AsyncGenerator<Answer> {
  let told = '';
  try {
    while (!signal?.aborted) {
      const asked = performance.now();
      const known = version();
      const answer = await ask(signal);
      const text = JSON.stringify(answer);
      if (text !== told) yield answer;
      told = text;
      // What takes long to answer is asked for less often.
      await pause(Math.max(everyMs, 2 * (performance.now() - asked)), undefined, { signal });
      while (known !== undefined && version() === known && performance.now() - asked < restMs)
        await pause(everyMs, undefined, { signal });
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
