import { prometheusQueryRange } from '../../../../shared/requests/prometheus-query-range';
import { curlCommand } from '../../../client/curl-command';
import { useHostStatus } from '../../../client/use-host-status';
import { useTimeRange } from '../../../page/use-time-range';
import { alignWindow } from '../../../ui/charts/align-window';
import { chooseStep } from '../../../ui/charts/choose-step';

/** Makes the request of a chart over the page's window, as a line for a shell. */
export function useRangeCurl(query: string): () => string {
  const { resolve } = useTimeRange();
  const base = useHostStatus()?.endpoints.prometheus ?? '';
  return () => {
    const window = resolve();
    const step = chooseStep(window);
    const { path, parameters } = prometheusQueryRange(query, alignWindow(window, step), step);
    return curlCommand(base, path, parameters);
  };
}
