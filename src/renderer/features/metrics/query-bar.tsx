import { useTimeRange } from '../../app/use-time-range';
import { curlCommand } from '../../client/curl-command';
import { useHostStatus } from '../../client/use-host-status';
import { CopyButton } from '../../ui/copy-button';
import { QueryInput } from '../../ui/query-input';
import { chooseStep } from './choose-step';

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
    const parameters = { query, start: window.from / 1000, end: window.to / 1000, step: chooseStep(window) };
    return curlCommand(base, '/api/v1/query_range', parameters);
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
