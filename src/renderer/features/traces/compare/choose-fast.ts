import type { TraceSummary } from '../../../../shared/contract/telemetry';

/** Of traces of one kind the one that stands for how fast they are when all is well: without errors, nearest to their median from below. */
export function chooseFast(traces: readonly TraceSummary[]): TraceSummary | undefined {
  const sound = traces.filter(({ errorCount }) => errorCount === 0);
  const byDuration = (sound.length > 0 ? sound : traces).toSorted((a, b) => a.durationNs - b.durationNs);
  return byDuration[(byDuration.length - 1) >> 1];
}
