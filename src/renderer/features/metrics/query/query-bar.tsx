import { prometheusQueryRange } from '../../../../shared/requests/prometheus-query-range';
import { curlCommand } from '../../../client/curl-command';
import { useHostStatus } from '../../../client/use-host-status';
import { useTimeRange } from '../../../page/use-time-range';
import { alignWindow } from '../../../ui/charts/align-window';
import { chooseStep } from '../../../ui/charts/choose-step';
import { QueryInput } from '../../../ui/controls/query-input';
import { CopyButton } from '../../../ui/text/copy-button';

interface QueryBarProps {
  query: string;
  problem: { message: string; position?: number } | null;
  onSubmit: (query: string) => void;
}

/** PromQL over the window of the page, and the same as curl. */
export function QueryBar({ query, problem, onSubmit }: QueryBarProps) {
  const { resolve } = useTimeRange();
  const base = useHostStatus()?.endpoints.prometheus ?? '';
  const curl = () => {
    const window = resolve();
    const step = chooseStep(window);
    const { path, parameters } = prometheusQueryRange(query, alignWindow(window, step), step);
    return curlCommand(base, path, parameters);
  };
  return (
    <div className="flex w-full items-start">
      <QueryInput
        label="PromQL"
        placeholder="PromQL, such as sum by (service) (rate(traces_spanmetrics_calls_total[5m]))"
        value={query}
        problem={problem}
        onSubmit={onSubmit}
      >
        {query !== '' && <CopyButton text={curl} what="the query as curl" label="curl" size="md" />}
      </QueryInput>
    </div>
  );
}
