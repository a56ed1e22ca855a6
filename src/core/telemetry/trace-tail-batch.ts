import type { TraceSummary } from '../../shared/contract/telemetry';

/** Traces touched since the last batch; `dropped` counts those left out because there were too many. */
export interface TraceTailBatch {
  traces: TraceSummary[];
  dropped: number;
  /** The tail begins here, anew after a lost connection: what came before was not told, what comes from now on will be. */
  opened?: true;
}
