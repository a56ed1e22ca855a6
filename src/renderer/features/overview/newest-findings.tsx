import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { rankFindings } from '../../../shared/run-text/describe-findings';
import { showPlainText } from '../../../shared/show-plain-text';
import { useArrivalInterval } from '../../client/arrival/use-arrival-interval';
import { client } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { formatCount } from '../../client/format-number';
import { servicesWindowMs } from '../../client/use-services';
import { Section } from '../../ui/layout/section';
import { Skeleton } from '../../ui/layout/skeleton';
import { HealthMark } from '../../ui/marks/health-mark';

/** Rules look at whole traces: that costs the engine more than counting. */
const everyMs = 30_000;
const shown = 4;

/** What rules find in the last minutes, the worst first, each in a sentence. */
export function NewestFindings() {
  const refetchInterval = useArrivalInterval(everyMs, servicesWindowMs + everyMs);
  const found = useQuery({
    queryKey: ['overview.findings'],
    queryFn: ({ signal }) => {
      const to = Date.now();
      return client.runs.findings({ window: { from: to - servicesWindowMs, to } }, { signal });
    },
    placeholderData: keepPreviousData,
    refetchInterval,
    retry: false,
  });
  const findings = found.data ? rankFindings(found.data.findings) : [];
  return (
    <Section
      title="Findings"
      className="min-w-0"
      aside={
        <Link
          to="/findings"
          search={{ since: '5m' }}
          className="text-xs text-accent underline-offset-2 hover:underline"
        >
          {findings.length > shown ? `All ${formatCount(findings.length)}` : 'All findings'}
        </Link>
      }
    >
      {found.isError && !found.data ? (
        <p className="px-3 py-2 text-muted">{describeError(found.error).message}</p>
      ) : !found.data ? (
        <Skeleton className="m-3 h-4 w-48" />
      ) : findings.length === 0 ? (
        <p className="px-3 py-2 text-muted">Rules found nothing in the last {servicesWindowMs / 60_000} minutes.</p>
      ) : (
        <ul className="divide-y divide-line">
          {findings.slice(0, shown).map(({ fingerprint, severity, sentence, traces }) => (
            <li key={fingerprint} className="flex items-start gap-2 px-3 py-1.5">
              <span className="mt-1">
                <HealthMark
                  health={severity === 'problem' ? 'warn' : 'off'}
                  label={severity === 'problem' ? 'Problem' : 'Hint'}
                  size={10}
                />
              </span>
              <span className="line-clamp-2 min-w-0 flex-1 wrap-anywhere">{showPlainText(sentence)}</span>
              <span className="shrink-0 text-xs text-muted tabular">
                {formatCount(traces)} {traces === 1 ? 'trace' : 'traces'}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
