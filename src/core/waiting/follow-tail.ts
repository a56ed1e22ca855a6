import type { ObservedHost } from '../observing/observed-host';
import type { Question } from '../observing/signal';
import type { Wake } from '../observing/until-met';

/**
 * The live tail of a question as what wakes somebody who waits. One that breaks wakes nobody: whoever waits looks by itself,
 * too. `heard` is told of each batch.
 */
export function followTail(
  host: ObservedHost,
  { signal: kind, query }: Question,
  signal: AbortSignal,
  heard: () => void = () => {},
): Wake & { close(): void } {
  // Not `AbortSignal.any`: nothing would hold the joined signal, and once collected it ends nothing.
  const own = new AbortController();
  const end = () => own.abort();
  signal.addEventListener('abort', end);
  let isNew = false;
  let wake = () => {};
  const follow = async () => {
    const options = { signal: own.signal };
    const input = { query };
    const tail = kind === 'traces' ? await host.traces.tail(input, options) : await host.logs.tail(input, options);
    for await (const batch of tail) {
      const items = 'traces' in batch ? batch.traces : batch.records;
      if (items.length === 0) continue;
      heard();
      isNew = true;
      wake();
    }
  };
  follow().catch(() => {});
  return {
    next: async () => {
      if (!isNew) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      isNew = false;
    },
    close: () => {
      signal.removeEventListener('abort', end);
      own.abort();
    },
  };
}
