import type { LogRecord, TimeWindow } from '../../../shared/contract/telemetry';
import { windowNanos } from '../../../shared/requests/window-nanos';
import type { LokiClient } from '../../telemetry/loki-client';

const PAGE = 5000;

/** The lines of a query, oldest first, page by page. Of more lines of one nanosecond than a page has, the first are told. */
export async function* eachLine(
  loki: LokiClient,
  query: string,
  window: TimeWindow,
  signal?: AbortSignal,
): AsyncGenerator<LogRecord> {
  const { end } = windowNanos(window);
  let { start } = windowNanos(window);
  /** Of the last page, those at its last time: they come again. */
  let told = new Map<string, number>();
  for (;;) {
    const page = await loki.page(query, { start, end }, PAGE, signal);
    const again = new Map(told);
    for (const line of page) {
      const key = keyOf(line);
      const times = again.get(key) ?? 0;
      if (times > 0) again.set(key, times - 1);
      else yield line;
    }
    if (page.length < PAGE) return;
    const last = BigInt(page.at(-1)!.timeNs);
    if (last === start) {
      start++;
      told = new Map();
      continue;
    }
    start = last;
    told = new Map();
    for (const line of page) if (BigInt(line.timeNs) === last) told.set(keyOf(line), (told.get(keyOf(line)) ?? 0) + 1);
  }
}

function keyOf({ timeNs, line, labels }: LogRecord): string {
  return JSON.stringify([timeNs, line, Object.entries(labels).sort()]);
}
