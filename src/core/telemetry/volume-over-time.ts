import type { TimeWindow } from '../../shared/contract/telemetry';
import { readLogLevel } from '../../shared/log-level';
import type { LokiClient } from './loki-client';
import type { TempoClient } from './tempo-client';

interface Sources {
  tempo: Pick<TempoClient, 'aggregateRange'>;
  loki: Pick<LokiClient, 'volume'>;
}

interface Asked {
  signal: 'spans' | 'lines';
  window: TimeWindow;
  /** Seconds. */
  step: number;
}

const severe = ['error', 'critical', 'fatal'];

/** Spans or lines in each step of a window by the backend's own counts, and how many of them failed. */
export async function volumeOverTime({ tempo, loki }: Sources, { signal, window, step }: Asked, abort?: AbortSignal) {
  const stepMs = 1000 * step;
  const from = Math.floor(window.from / stepMs) * stepMs;
  const to = Math.ceil(window.to / stepMs) * stepMs;
  const counts = new Array<number>(Math.round((to - from) / stepMs)).fill(0);
  const failed = counts.slice();
  /** Either language tells of a step at its end. */
  const add = (endMs: number, count: number, isFailed: boolean) => {
    const at = Math.round((endMs - from) / stepMs) - 1;
    if (counts[at] === undefined) return;
    counts[at] += count;
    if (isFailed) failed[at]! += count;
  };
  if (signal === 'spans') {
    const query = '{} | count_over_time() by (status) with (exemplars=false)';
    const { series } = await tempo.aggregateRange(query, { from, to }, step, abort);
    for (const { labels, points } of series) {
      const isFailed = labels.some(({ key, value }) => key === 'status' && value === 'error');
      for (const [endMs, count] of points) add(endMs, count, isFailed);
    }
  } else {
    for (const { labels, values } of await loki.volume('', { from, to }, step, abort)) {
      const isFailed = severe.includes(readLogLevel(labels.detected_level ?? '') ?? '');
      for (const [seconds, count] of values) add(1000 * seconds, Number(count), isFailed);
    }
  }
  return { from, counts, failed };
}
