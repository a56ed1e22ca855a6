import type { TimeWindow } from '../../../shared/contract/telemetry';
import { findInSeries } from '../../../shared/findings/find-in-series';
import type { Finding } from '../../../shared/runs/finding';
import { runIdLabel } from '../../../shared/runs/run-attributes';
import type { PrometheusClient } from '../../telemetry/prometheus-client';
import { BackendFailure } from '../../telemetry/request/backend-failure';

export interface LabelFindings {
  readonly findings: readonly Finding[];
  readonly leftOut: readonly string[];
}

/** Enough to tell of a label with 200 values. */
const MOST_SERIES = 20_000;
/** What describes a target or is derived from spans, and the buckets of histograms: the same labels are on their counts. */
const NOT_READ = 'target_info|traces_(spanmetrics|service_graph)_.+|.+_bucket';

/** What the labels of metrics show: of a run, or of everything that has samples in the window. */
export async function readLabelFindings(
  prometheus: PrometheusClient,
  runId: string | null,
  window: TimeWindow,
  signal?: AbortSignal,
): Promise<LabelFindings> {
  const ofRun = runId === null ? '' : `,${runIdLabel}="${runId}"`;
  try {
    const series = await prometheus.series(
      `{__name__!~"${NOT_READ}",__name__!=""${ofRun}}`,
      window,
      MOST_SERIES,
      signal,
    );
    const leftOut =
      series.length < MOST_SERIES ? [] : [`Labels of metrics were looked at in ${MOST_SERIES} series: there are more.`];
    return { findings: findInSeries(series), leftOut };
  } catch (error) {
    if (!(error instanceof BackendFailure)) throw error;
    return { findings: [], leftOut: [`Labels of metrics could not be asked for: ${error.message}`] };
  }
}
