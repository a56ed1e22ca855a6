import type { TraceSummary } from '../../shared/contract/telemetry';

/** Traces touched since the last batch; `dropped` counts those left out because there were too many. */
export interface TraceTailBatch {
  traces: TraceSummary[];
  dropped: number;
}
