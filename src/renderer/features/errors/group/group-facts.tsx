import type { ReactNode } from 'react';
import type { ErrorGroup } from '../../../../shared/contract/errors';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount } from '../../../client/format-number';
import { formatDateTime } from '../../../client/format-time';
import { ServiceLink } from '../../../page/service-link';
import { Ago } from '../../../ui/marks/ago';
import { ServiceDot } from '../../../ui/marks/service-dot';

/** How often, since when, in which services and versions. */
export function GroupFacts({ group }: { group: ErrorGroup }) {
  const { count, toldBySpans, toldByLines, firstKept, lastSeen, services, versions, environments, handling } = group;
  return (
    <dl className="mt-3 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs">
      <Fact name="Times">
        {formatCount(count)} in this window{' '}
        <span className="text-muted">
          (
          {[
            ...(toldBySpans > 0 ? [`${formatCount(toldBySpans)} told by spans`] : []),
            ...(toldByLines > 0 ? [`${formatCount(toldByLines)} by log lines alone`] : []),
          ].join(', ')}
          )
        </span>
      </Fact>
      <Fact name="Last seen">
        <Ago at={lastSeen} /> <span className="text-muted">{formatDateTime(lastSeen)}</span>
      </Fact>
      <Fact name="First seen">
        <Ago at={firstKept} /> <span className="text-muted">{formatDateTime(firstKept)}, in all that is kept</span>
      </Fact>
      {handling && (
        <Fact name="Handled">{handling === 'both' ? 'sometimes' : handling === 'handled' ? 'yes' : 'no'}</Fact>
      )}
      <Fact name="Services">
        <span className="flex flex-wrap gap-x-3 gap-y-0.5">
          {services.map(({ name, count: times }) => (
            <span key={name} className="inline-flex min-w-0 items-center gap-1">
              <ServiceLink service={name} className="min-w-0 hover:underline">
                <ServiceDot service={name} />
              </ServiceLink>
              <span className="text-muted">{formatCount(times)}</span>
            </span>
          ))}
        </span>
      </Fact>
      {versions.length > 0 && <Fact name="Versions">{named(versions)}</Fact>}
      {environments.length > 0 && <Fact name="Environments">{named(environments)}</Fact>}
    </dl>
  );
}

function named(counted: ErrorGroup['versions']): string {
  return counted.map(({ name, count }) => `${showPlainText(name)} (${formatCount(count)})`).join(', ');
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 wrap-anywhere tabular">{children}</dd>
    </>
  );
}
