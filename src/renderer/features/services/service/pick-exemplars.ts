import type { z } from 'zod';
import type { Exemplar as ExemplarSchema } from '../../../../shared/contract/telemetry';
import type { Measured } from './spans-of-service';

type Exemplar = z.infer<typeof ExemplarSchema>;

export interface LatencyPoint {
  /** Unix seconds. */
  time: number;
  /** Seconds. */
  value: number;
  traceId: string;
  colour: string;
  place: 'value';
}

const most = 60;
const ofRequests = new Set(['SPAN_KIND_SERVER', 'SPAN_KIND_CONSUMER']);

/** The slowest trace of each part of the window, failed ones in red; each leads to its trace. */
export function pickExemplars(
  exemplars: readonly Exemplar[],
  measured: Measured,
  window: { from: number; to: number },
): LatencyPoint[] {
  const partSeconds = Math.max(1, (window.to - window.from) / 1000 / most);
  const slowest = new Map<number, Exemplar>();
  for (const exemplar of exemplars) {
    if (!exemplar.traceId) continue;
    if (measured === 'requests' && !ofRequests.has(exemplar.labels.span_kind ?? '')) continue;
    const part = Math.floor(exemplar.time / partSeconds);
    if ((slowest.get(part)?.value ?? -1) < exemplar.value) slowest.set(part, exemplar);
  }
  return [...slowest.values()].map(({ time, value, traceId, labels }) => ({
    time,
    value,
    traceId: traceId!,
    colour: labels.status_code === 'STATUS_CODE_ERROR' ? 'var(--color-bad)' : 'var(--color-accent)',
    place: 'value',
  }));
}
