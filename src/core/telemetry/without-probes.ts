import type { LogRecord, TraceSummary } from '../../shared/contract/telemetry';
import { probeMetric, probeService } from '../../shared/runs/probe-names';

/** What is shown of traces: those that are not our own probes. */
export function tracesWithoutProbes(traces: readonly TraceSummary[]): TraceSummary[] {
  return traces.filter(({ rootService }) => rootService !== probeService);
}

export function linesWithoutProbes(records: readonly LogRecord[]): LogRecord[] {
  return records.filter(({ labels }) => labels.service_name !== probeService);
}

/** Of names of services or metrics. */
export function namesWithoutProbes(names: readonly string[]): string[] {
  return names.filter((name) => name !== probeService && name !== probeMetric);
}
