import type { HostStatus } from '../../../../shared/contract/host';
import type { TimeWindow } from '../../../../shared/contract/telemetry';
import { prometheusQueryRange } from '../../../../shared/requests/prometheus-query-range';
import { serviceGraphQueries } from '../../../../shared/requests/service-graph-queries';
import { tempoMetricsRange } from '../../../../shared/requests/tempo-metrics-range';
import { curlCommand } from '../../../client/curl-command';
import { chooseStep } from '../../../ui/charts/choose-step';
import { type Measured, spansOfService } from './spans-of-service';

/** What is asked about a service's spans over time, in TraceQL. */
export function queriesOverTime(service: string, measured: Measured) {
  const spans = spansOfService(service, measured);
  return {
    rate: `${spans} | rate() by (status)`,
    latency: `${spans} | quantile_over_time(duration, .5, .95, .99)`,
    /** PromQL: what has exemplars. */
    exemplars: `traces_spanmetrics_latency_bucket{service=${JSON.stringify(service)}}`,
  };
}

/** The requests behind the page of a service, as lines for a shell. */
export function curlOfService(
  service: string,
  measured: Measured,
  window: TimeWindow,
  { endpoints }: Pick<HostStatus, 'endpoints'>,
): string {
  const step = chooseStep(window);
  const { rate, latency } = queriesOverTime(service, measured);
  const asked = [
    ['rate and errors', endpoints.tempo, tempoMetricsRange(rate, window, step)],
    ['latency', endpoints.tempo, tempoMetricsRange(latency, window, step)],
    [
      'calls from and to it',
      endpoints.prometheus,
      prometheusQueryRange(serviceGraphQueries(window, service).requests, { from: window.to, to: window.to }, step),
    ],
  ] as const;
  return asked
    .filter(([, base]) => base !== '')
    .map(([what, base, { path, parameters }]) => `# ${what}\n${curlCommand(base, path, parameters)}`)
    .join('\n');
}
