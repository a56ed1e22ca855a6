import { PageQuery } from '../../../page/query/page-query';
import { CopyButton } from '../../../ui/text/copy-button';
import { useRangeCurl } from './use-range-curl';

interface QueryBarProps {
  query: string;
  problem: { message: string; position?: number } | null;
  onSubmit: (query: string) => void;
}

/** PromQL over the window of the page, and the same as curl. */
export function QueryBar({ query, problem, onSubmit }: QueryBarProps) {
  const curl = useRangeCurl(query);
  return (
    <div className="flex w-full items-start">
      <PageQuery
        page="metrics"
        placeholder="PromQL, such as sum by (service) (rate(traces_spanmetrics_calls_total[5m]))"
        value={query}
        problem={problem}
        onSubmit={onSubmit}
      >
        {query !== '' && <CopyButton text={curl} what="the query as curl" label="curl" size="md" />}
      </PageQuery>
    </div>
  );
}
