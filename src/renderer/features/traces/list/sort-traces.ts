import type { TraceSummary } from '../../../../shared/contract/telemetry';
import type { TraceSort } from '../../../page/page-search';

/** The greatest first; of equal ones the newest. Without an order as they are. */
export function sortTraces(traces: readonly TraceSummary[], by: TraceSort | undefined): readonly TraceSummary[] {
  if (!by) return traces;
  const of = { duration: 'durationNs', spans: 'spanCount', errors: 'errorCount' } as const;
  const field = of[by];
  return [...traces].sort((a, b) => b[field] - a[field] || compareStarts(b, a));
}

function compareStarts(a: TraceSummary, b: TraceSummary): number {
  const difference = BigInt(a.startNs) - BigInt(b.startNs);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
