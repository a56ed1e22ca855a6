import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ServiceResource } from '../../../../shared/contract/services';
import { formatAgo } from '../../../../shared/format-ago';
import { showPlainText } from '../../../../shared/show-plain-text';
import { client } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { formatCount } from '../../../client/format-number';
import { formatDateTime } from '../../../client/format-time';
import { afterFirst } from '../../../client/loading/first-answer';
import { useNow } from '../../../client/use-now';
import { useTimeRange } from '../../../page/use-time-range';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Section } from '../../../ui/layout/section';
import { Skeleton } from '../../../ui/layout/skeleton';
import { Table, Td, Th } from '../../../ui/layout/table';
import { BreakableName } from '../../../ui/text/breakable-name';

/** What tells one deployment of a service from another. */
const telling = {
  version: ['service.version'],
  deployment: ['deployment.environment.name', 'deployment.environment'],
  instance: ['service.instance.id', 'host.name', 'k8s.pod.name'],
};

/** Which versions, deployments and instances of a service sent, from when to when, and the attributes of the newest. */
export function ResourceSections({ service }: { service: string }) {
  const time = useTimeRange();
  const now = useNow(10_000);
  const asked = useQuery({
    queryKey: ['service.resources', service, time.key],
    queryFn: async ({ signal }) => {
      await afterFirst(signal);
      return client.services.resources({ service, window: time.resolve() }, { signal });
    },
    placeholderData: keepPreviousData,
    refetchInterval: 'since' in time.range ? 30_000 : false,
    retry: false,
  });
  const { data } = asked;
  if (asked.isError && data === undefined) {
    return (
      <Section title="Deployments">
        <div className="p-3">
          <ProblemCard problem={describeError(asked.error)} />
        </div>
      </Section>
    );
  }
  if (data === undefined) return <Skeleton className="h-16" />;
  if (data === null) {
    return (
      <Section title="Deployments">
        <p className="px-3 py-2 text-muted">
          When a resource was seen first and last is told by the embedded engine alone. The attributes stand at each
          span and line.
        </p>
      </Section>
    );
  }
  const newest = data.resources[0];
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 min-[1400px]:grid-cols-2">
      <Section
        title="Versions and deployments"
        className="min-w-0"
        aside={
          data.total > data.resources.length && (
            <span className="text-xs text-warn">
              the {formatCount(data.resources.length)} newest of {formatCount(data.total)}
            </span>
          )
        }
      >
        {data.resources.length === 0 ? (
          <p className="px-3 py-2 text-muted">It sent no span and no line in this window.</p>
        ) : (
          <Table>
            <thead>
              <tr>
                <Th>Version</Th>
                <Th>Deployment</Th>
                <Th>Instance</Th>
                <Th className="text-right">Spans</Th>
                <Th className="text-right">Lines</Th>
                <Th className="text-right">First seen</Th>
                <Th className="text-right">Last seen</Th>
              </tr>
            </thead>
            <tbody>
              {data.resources.map((resource) => (
                <tr key={JSON.stringify(resource.attributes)} className="last:[&>td]:border-0">
                  {Object.entries(telling).map(([name, keys]) => (
                    <Td key={name} className="max-w-40 truncate">
                      {shownValue(resource, keys)}
                    </Td>
                  ))}
                  <Td className="text-right">{formatCount(resource.spans)}</Td>
                  <Td className="text-right">{formatCount(resource.logs)}</Td>
                  {[resource.firstMs, resource.lastMs].map((at, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: two columns that stay
                    <Td key={index} className="text-right whitespace-nowrap" title={formatDateTime(at)}>
                      {formatAgo(at, now)}
                    </Td>
                  ))}
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Section>
      {newest && (
        <Section
          title="Resource attributes"
          className="min-w-0"
          aside={
            data.total > 1 && <span className="text-xs text-muted">of the newest of {formatCount(data.total)}</span>
          }
        >
          <dl className="grid grid-cols-[minmax(8rem,auto)_minmax(0,1fr)] gap-x-4 px-3 py-1.5">
            {newest.attributes.map(({ key, value }) => (
              <div key={key} className="contents">
                <dt className="py-0.5 text-muted">
                  <BreakableName name={key} />
                </dt>
                <dd className="max-h-24 overflow-y-auto py-0.5 font-mono text-xs leading-5 wrap-anywhere">
                  {showPlainText(value)}
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      )}
    </div>
  );
}

function shownValue({ attributes }: ServiceResource, keys: readonly string[]) {
  const found = keys.map((key) => attributes.find((each) => each.key === key)?.value).find((value) => value);
  if (found === undefined) return <span className="text-faint">–</span>;
  return <span title={showPlainText(found)}>{showPlainText(found)}</span>;
}
