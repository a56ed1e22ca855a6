import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CostGrouping } from '../../../../shared/sessions/session';
import { showPlainText } from '../../../../shared/show-plain-text';
import { client } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { Tabs } from '../../../ui/controls/tabs';
import { CostText } from '../marks/cost-text';
import { PriceNote } from '../marks/price-note';
import { TokensText } from '../marks/tokens-text';

const everyMs = 20_000;
const mostGroups = 5;
const groupings = [
  { value: 'model', label: 'Model' },
  { value: 'agent', label: 'Agent' },
  { value: 'repo', label: 'Repository' },
  { value: 'tool', label: 'Tool' },
] as const satisfies readonly { value: CostGrouping; label: string }[];
type Grouping = (typeof groupings)[number]['value'];

/** What was used in the time that the list is about, in all and in groups. */
export function SessionsCost({ forMs }: { forMs: number }) {
  const [by, setBy] = useState<Grouping>('model');
  const report = useQuery({
    queryKey: ['sessions.cost', forMs, by],
    queryFn: ({ signal }) => {
      const to = Date.now();
      return client.sessions.cost({ window: { from: to - forMs, to }, by }, { signal });
    },
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
    retry: false,
  });
  const { data, error } = report;
  return (
    <section
      aria-label="Used in this time"
      className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-5 gap-y-1.5 border-b border-line bg-raised px-4 py-1.5 text-xs tabular"
    >
      {error ? (
        <p className="text-bad">
          {describeError(error).message} {describeError(error).hint}
        </p>
      ) : (
        data && (
          <>
            <p className="text-sm font-medium">
              <TokensText tokens={data.total.tokens} /> <span className="font-normal text-muted">tokens</span>{' '}
              <CostText cost={data.total.cost} />
            </p>
            <Tabs label="Grouped by" look="segment" value={by} onChange={setBy} tabs={groupings} />
            <ul className="flex min-w-0 flex-wrap gap-x-4 gap-y-1" aria-label="Groups">
              {data.rows.slice(0, mostGroups).map(({ key, label, tokens, cost }) => (
                <li key={key} className="flex items-baseline gap-1.5">
                  <span className="max-w-40 truncate" title={showPlainText(label)}>
                    {showPlainText(label) || <span className="text-faint">not told</span>}
                  </span>
                  <span className="text-muted">
                    <TokensText tokens={tokens} />
                  </span>
                  <CostText cost={cost} />
                </li>
              ))}
              {data.rows.length > mostGroups && (
                <li className="text-muted">and {data.rows.length - mostGroups} more</li>
              )}
            </ul>
            <PriceNote prices={data.prices} />
          </>
        )
      )}
    </section>
  );
}
