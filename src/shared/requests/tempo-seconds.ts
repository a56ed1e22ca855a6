import type { TimeWindow } from '../contract/telemetry';

/** Tempo wants whole seconds; the end is rounded up, so that the newest second belongs to the window. */
export function tempoSeconds({ from, to }: TimeWindow): { start: number; end: number } {
  return { start: Math.floor(from / 1000), end: Math.ceil(to / 1000) };
}
