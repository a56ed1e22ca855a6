import { type AlloyBlock, attribute, quote } from './alloy-text';

/** Items that wait in memory for one exporter; at about 1 KB each this stays far below the memory limiter's bound. */
const queueItems = 50_000;

/** Bounded by items, so that the bound is one of memory; in memory, since a queue on disk is a public preview in Alloy. */
export const sendingQueue: AlloyBlock = {
  block: 'sending_queue',
  body: [attribute('sizer', quote('items')), attribute('queue_size', String(queueItems))],
};

/** Durations as Alloy writes them; five minutes of trying in all. */
export function retry(first: string, longest: string): AlloyBlock {
  return {
    block: 'retry_on_failure',
    body: [
      attribute('initial_interval', quote(first)),
      attribute('max_interval', quote(longest)),
      attribute('max_elapsed_time', quote('5m')),
    ],
  };
}
