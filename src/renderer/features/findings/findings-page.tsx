import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Lightbulb } from 'lucide-react';
import { describeFindings } from '../../../shared/run-text/describe-findings';
import { useArrivalInterval } from '../../client/arrival/use-arrival-interval';
import { client } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { formatCount } from '../../client/format-number';
import { errorInstead } from '../../client/loading/error-instead';
import { EmptyWindow } from '../../page/kept/empty-window';
import { PageBody } from '../../page/page-body';
import { PageHeader } from '../../page/page-header';
import { usePageKeys } from '../../page/page-keys';
import { rowKeys } from '../../page/row-keys';
import { TimeScrubber } from '../../page/scrubber/time-scrubber';
import { TimeRangeControl } from '../../page/time-range-control';
import { useTimeRange } from '../../page/use-time-range';
import { LeftOut } from '../../ui/layout/left-out';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Section } from '../../ui/layout/section';
import { Spinner } from '../../ui/marks/spinner';
import { CopyButton } from '../../ui/text/copy-button';
import { FindingList } from './finding-list';

/** What rules find in the telemetry of the window, renewed while telemetry arrives. */
const everyMs = 10_000;

export function FindingsPage() {
  const time = useTimeRange();
  const refetchInterval = useArrivalInterval(everyMs, everyMs);
  const found = useQuery({
    queryKey: ['runs.findings', time.key],
    queryFn: ({ signal }) => client.runs.findings({ window: time.resolve() }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 'since' in time.range ? refetchInterval : false,
    retry: false,
  });
  usePageKeys('Findings', rowKeys('finding'));
  const problems = found.data?.findings.filter(({ severity }) => severity === 'problem') ?? [];
  const hints = found.data?.findings.filter(({ severity }) => severity === 'hint') ?? [];
  return (
    <>
      <PageHeader title="Findings">
        {found.data && (
          <span className="text-xs text-muted tabular">
            {formatCount(problems.length)} {problems.length === 1 ? 'problem' : 'problems'}, {formatCount(hints.length)}{' '}
            {hints.length === 1 ? 'hint' : 'hints'}
          </span>
        )}
        <span className="flex-1" />
        {found.data && found.data.findings.length > 0 && (
          <CopyButton
            size="md"
            text={() => describeFindings(found.data)}
            what="the findings for an agent"
            label="For an agent"
          />
        )}
        <TimeRangeControl />
      </PageHeader>
      <TimeScrubber signal="spans" />
      {found.error && (
        <div className="p-4">
          <ProblemCard problem={describeError(found.error)} />
        </div>
      )}
      {errorInstead(found) ? null : !found.data ? (
        <div className="p-6">
          <Spinner label="Looking" />
        </div>
      ) : found.data.findings.length === 0 && found.data.leftOut.length === 0 ? (
        <EmptyWindow icon={Lightbulb} signal="spans" title="Nothing found in this window">
          Rules look through traces and log lines for repeated queries, retries, calls that could go side by side,
          errors that were swallowed, and more. What they find stands here with its evidence and what to do.
        </EmptyWindow>
      ) : (
        <PageBody paired={problems.length > 0 && hints.length > 0}>
          <div className="col-span-full empty:hidden">
            <LeftOut sentences={found.data.leftOut} />
          </div>
          {problems.length > 0 && (
            <Section title="Problems">
              <FindingList findings={problems} />
            </Section>
          )}
          {hints.length > 0 && (
            <Section title="Hints">
              <FindingList findings={hints} />
            </Section>
          )}
        </PageBody>
      )}
    </>
  );
}
