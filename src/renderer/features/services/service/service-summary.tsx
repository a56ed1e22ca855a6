import type { ReactNode } from 'react';
import type { ServiceActivity } from '../../../../shared/contract/services';
import { formatCount } from '../../../client/format-number';
import { formatPace } from '../../../client/format-pace';
import { Duration } from '../marks/duration';
import { ErrorShare } from '../marks/error-share';
import type { Measured } from './spans-of-service';

interface ServiceSummaryProps {
  activity: ServiceActivity;
  /** With its lines; null until they are counted, `unknown` where they cannot be. */
  lines: ServiceActivity | 'unknown' | null;
  windowMs: number;
}

/** The window of a service in one line of numbers. */
export function ServiceSummary({ activity, lines, windowMs }: ServiceSummaryProps) {
  const measured = measuredOf(activity);
  const count = measured === 'requests' ? activity.requests : activity.spans;
  const failed = measured === 'requests' ? activity.failedRequests : activity.errorSpans;
  const counted = (of: (lines: ServiceActivity) => number) =>
    lines === 'unknown' ? <span title="Log lines were not counted">–</span> : lines ? formatCount(of(lines)) : '…';
  const facts: [name: string, value: ReactNode][] = [
    [measured === 'requests' ? 'Requests' : 'Spans', formatPace(count, windowMs)],
    ['Errors', <ErrorShare key="errors" failed={failed} of={count} what={measured} />],
    ['p50', <Duration key="p50" ns={activity.p50Ns} />],
    ['p95', <Duration key="p95" ns={activity.p95Ns} />],
    ['p99', <Duration key="p99" ns={activity.p99Ns} />],
    ['Longest', <Duration key="longest" ns={activity.longestNs} />],
    ['Log lines', counted(({ logs }) => logs)],
    ['Error lines', counted(({ errorLogs }) => errorLogs)],
  ];
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2 rounded-lg border border-line bg-surface px-4 py-2.5">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className="text-xs text-muted">{name}</dt>
          <dd className="text-base font-semibold tabular">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function measuredOf({ requests }: Pick<ServiceActivity, 'requests'>): Measured {
  return requests > 0 ? 'requests' : 'spans';
}
