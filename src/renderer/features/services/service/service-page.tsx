import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Workflow } from 'lucide-react';
import { showPlainText } from '../../../../shared/show-plain-text';
import { useArrivalInterval } from '../../../client/arrival/use-arrival-interval';
import { client } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { afterFirst, askFirst } from '../../../client/loading/first-answer';
import { useHostStatus } from '../../../client/use-host-status';
import { EmptyWindow } from '../../../page/kept/empty-window';
import { PageBody } from '../../../page/page-body';
import { PageHeader } from '../../../page/page-header';
import { usePageKeys } from '../../../page/page-keys';
import { rowKeys } from '../../../page/row-keys';
import { TimeScrubber } from '../../../page/scrubber/time-scrubber';
import { serviceOfPath } from '../../../page/service-path';
import { TimeRangeControl } from '../../../page/time-range-control';
import { keepTime } from '../../../page/time-window';
import { useTimeRange } from '../../../page/use-time-range';
import { describeMissing, whyNotAnswered } from '../../../page/why-not-answered';
import { Button } from '../../../ui/controls/button';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { Spinner } from '../../../ui/marks/spinner';
import { CopyButton } from '../../../ui/text/copy-button';
import { DependencyLists } from './dependency-lists';
import { describeService } from './describe-service';
import { LevelSection } from './level-section';
import { OperationTable } from './operation-table';
import { ResourceSections } from './resource-sections';
import { RuntimeSection } from './runtime-section';
import { ServiceCharts } from './service-charts';
import { ServiceErrors, useServiceErrors } from './service-errors';
import { curlOfService } from './service-queries';
import { measuredOf, ServiceSummary } from './service-summary';

const everyMs = 10_000;

/** What is known of one service in the time window. */
export function ServicePage() {
  const service = serviceOfPath(useParams({ from: '/services/$name' }).name);
  const time = useTimeRange();
  const status = useHostStatus();
  const navigate = useNavigate();
  const interval = useArrivalInterval(everyMs, everyMs);
  const asked = useQuery({
    queryKey: ['service', service, time.key],
    queryFn: async ({ signal }) => {
      const window = time.resolve();
      const { services, missing } = await askFirst(() =>
        client.services.list({ window, service, spansOnly: true }, { signal }),
      );
      return { window, missing, activity: services[0] };
    },
    placeholderData: keepPreviousData,
    refetchInterval: 'since' in time.range ? interval : false,
    retry: false,
  });
  // Lines are counted in seconds where there are many: the page does not wait for them.
  const counted = useQuery({
    queryKey: ['service.counted', service, time.key],
    queryFn: async ({ signal }) => {
      await afterFirst(signal);
      return client.services.list({ window: time.resolve(), service }, { signal });
    },
    placeholderData: keepPreviousData,
    refetchInterval: 'since' in time.range ? interval : false,
    retry: false,
  });
  const { errors } = useServiceErrors(service);
  usePageKeys('Service', [
    ...rowKeys('row'),
    {
      key: 'e',
      label: 'Newest error',
      run: () => {
        const traceId = errors.data?.traces[0]?.traceId;
        if (traceId) void navigate({ to: '/traces/$traceId', params: { traceId }, search: keepTime });
      },
    },
    {
      key: 'm',
      label: 'On the map',
      run: () => void navigate({ to: '/services', search: (before) => ({ ...keepTime(before), node: service }) }),
    },
  ]);
  const { data } = asked;
  const whole = counted.data?.services[0];
  const activity = data?.activity ?? whole;
  const missing = [...new Set([...(data?.missing ?? []), ...(counted.data?.missing ?? [])])];
  // What this backend has not is told by name, and is no failure.
  const { failed, without } = describeMissing(status, missing);
  const lines = missing.includes('logs') || counted.isError ? 'unknown' : (whole ?? null);
  const isKnown = data?.activity !== undefined || counted.data !== undefined || counted.isError;
  const measured = activity ? measuredOf(activity) : 'spans';
  const withoutTraces = status && whyNotAnswered(status, 'traces');
  return (
    <>
      <PageHeader title={showPlainText(service) || 'unknown service'} mark={<ServiceDot service={service} bare />}>
        <span className="flex-1" />
        <Button
          size="sm"
          render={<Link to="/traces" search={(before) => ({ ...keepTime(before), service, live: false })} />}
        >
          Traces
        </Button>
        <Button
          size="sm"
          render={<Link to="/logs" search={(before) => ({ ...keepTime(before), service, live: false })} />}
        >
          Logs
        </Button>
        {status && (
          <CopyButton
            text={() => curlOfService(service, measured, time.resolve(), status)}
            what="the requests as curl"
            label="curl"
          />
        )}
        {activity && data && (
          <CopyButton
            text={() =>
              describeService(whole ?? activity, measured, data.window, whole !== undefined && lines !== 'unknown')
            }
            what="the service for an agent"
            label="For an agent"
          />
        )}
        <TimeRangeControl />
      </PageHeader>
      <TimeScrubber signal="spans" />
      {asked.isError && !data ? (
        <div className="p-4">
          <ProblemCard problem={describeError(asked.error)} />
        </div>
      ) : !data || !isKnown ? (
        <div className="p-6">
          <Spinner label="Looking" />
        </div>
      ) : !activity || (activity.spans === 0 && activity.logs === 0 && !activity.metrics && missing.length === 0) ? (
        <EmptyWindow
          icon={Workflow}
          signal="spans"
          title="It sent nothing in this window"
          first={{ title: 'It has sent no span yet', children: 'What it sends stands here as it comes.' }}
        >
          Widen the time window to see what it sent before, or{' '}
          <Link to="/connect" className="text-accent hover:underline">
            see how it is connected
          </Link>
          .
        </EmptyWindow>
      ) : (
        <PageBody className="max-w-none">
          {failed && <p className="text-sm text-warn">{failed}</p>}
          {without.map((reason) => (
            <p key={reason} className="text-sm text-muted">
              {reason}
            </p>
          ))}
          <ServiceSummary activity={activity} lines={lines} windowMs={data.window.to - data.window.from} />
          {!withoutTraces && (
            <>
              {activity.spans > 0 && <ServiceCharts service={service} measured={measured} enabled />}
              <div className="grid min-w-0 items-start gap-4 min-[1200px]:grid-cols-[minmax(0,1.5fr)_minmax(22rem,1fr)]">
                <OperationTable service={service} />
                <div className="grid min-w-0 gap-4">
                  <DependencyLists service={service} />
                  <ServiceErrors service={service} />
                </div>
              </div>
            </>
          )}
          <RuntimeSection service={service} />
          <LevelSection service={service} />
          <ResourceSections service={service} />
        </PageBody>
      )}
    </>
  );
}
