import { setTimeout as pause } from 'node:timers/promises';

const pauseMs = 2000;

/** An answer, then each that differs from the last one, asked for again and again until the signal ends it. */
export async function* followAnswers<Answer>(
  ask: (signal: AbortSignal | undefined) => Promise<Answer>,
  signal?: AbortSignal,
  everyMs = pauseMs,
): AsyncGenerator<Answer> {
  let told = '';
  try {
    while (!signal?.aborted) {
      const asked = performance.now();
      const answer = await ask(signal);
      const text = JSON.stringify(answer);
      if (text !== told) yield answer;
      told = text;
      // What takes long to answer is asked for less often.
      await pause(Math.max(everyMs, 2 * (performance.now() - asked)), undefined, { signal });
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
