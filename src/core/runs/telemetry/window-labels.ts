import type { TimeWindow } from '../../../shared/contract/telemetry';
import type { PrometheusClient } from '../../telemetry/prometheus-client';
import { type LabelFindings, readLabelFindings } from './read-label-findings';

/** Labels change slowly, and to read those of all series costs more than the rest of an answer. */
const KEEP_MS = 60_000;

/** What the labels of a window show; asked for again within a minute, the answer stands. */
export class WindowLabels {
  private kept: { lasts: number; until: number; from: number; found: LabelFindings } | undefined;

  constructor(
    private readonly prometheus: PrometheusClient,
    private readonly now: () => number,
  ) {}

  async of(window: TimeWindow, signal?: AbortSignal): Promise<LabelFindings> {
    const lasts = Math.round(window.to - window.from);
    const { kept } = this;
    const goesOn = kept?.lasts === lasts && window.from >= kept.from && window.from < kept.from + KEEP_MS;
    if (kept && goesOn && this.now() < kept.until) return kept.found;
    const found = await readLabelFindings(this.prometheus, null, window, signal);
    if (found.leftOut.length === 0 || found.findings.length > 0)
      this.kept = { lasts, from: window.from, until: this.now() + KEEP_MS, found };
    return found;
  }
}
