import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ServiceActivity } from '../../../shared/contract/services';
import { describeError } from '../../client/describe-error';
import { formatCount } from '../../client/format-number';
import { useHostStatus } from '../../client/use-host-status';
import { servicesWindowMs, useServices } from '../../client/use-services';
import { describeMissing } from '../../page/why-not-answered';
import { Button } from '../../ui/controls/button';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Section } from '../../ui/layout/section';
import { Skeleton } from '../../ui/layout/skeleton';
import { Table, Td, Th } from '../../ui/layout/table';
import { ActiveServiceRow } from './active-service-row';
import { IdleServiceRow } from './idle-service-row';
import { pickServices } from './pick-services';

const everyMs = 5000;
/** That are asked for: traces, logs and metrics. */
const signals = 3;
/** Idle services beyond these are shown when asked for. */
const idleShown = 3;
/** Of many services that send, those beyond these; what fails is always shown. */
const activeShown = 12;
/** Of very many those beyond these are on the page of all services; each idle one asks when it was seen last. */
const mostShown = { active: 200, idle: 50 };
const columns = 9;
const skeletonRows = ['w-32', 'w-40', 'w-28'];

/** The reader's own services, whatever they send: calls, errors, latency and lines of the last minutes. */
export function ServiceList() {
  const services = useServices(everyMs);
  const status = useHostStatus();
  const [all, setAll] = useState(false);
  // What the backend does not have at all is not awaited: the overview says so elsewhere.
  const { failed } = describeMissing(status, services.data?.missing ?? []);
  // Until all signals have answered, those that sent spans.
  const listed = services.data?.services ?? services.bySpans?.services ?? [];
  const active = listed.filter(isActive);
  const idle = listed.filter((service) => !isActive(service));
  const shownActive = pickServices(active, all ? mostShown.active : activeShown);
  const shownIdle = idle.slice(0, all ? mostShown.idle : idleShown);
  const hidden = { active: active.length - shownActive.length, idle: idle.length - shownIdle.length };
  return (
    <Section
      title="Your services"
      aside={
        <span className="flex items-center gap-3 text-xs text-muted">
          last {servicesWindowMs / 60_000} minutes
          <Link to="/services" className="text-accent underline-offset-2 hover:underline">
            Map
          </Link>
        </span>
      }
    >
      {services.error && (
        <div className="p-3">
          <ProblemCard problem={describeError(services.error)} />
        </div>
      )}
      {services.data && listed.length === 0 ? (
        // Where nobody answered, what there is is not known, and the line below says so.
        services.data.missing.length < signals && (
          <p className="px-3 py-2 text-muted">A service stands here from its first span, log line or metric on.</p>
        )
      ) : (
        <Table>
          <thead>
            <tr>
              <Th>Service</Th>
              <Th aria-label="Over time" />
              <Th className="text-right" title="Requests; spans where it is not asked for anything">
                Rate
              </Th>
              <Th className="text-right">Errors</Th>
              <Th className="text-right">p50</Th>
              <Th className="text-right">p95</Th>
              <Th className="text-right">p99</Th>
              <Th className="text-right">Log lines</Th>
              <Th className="w-24" aria-label="Go to" />
            </tr>
          </thead>
          <tbody>
            {services.isPending &&
              listed.length === 0 &&
              skeletonRows.map((width) => (
                <tr key={width} className="last:[&>td]:border-0">
                  <Td colSpan={columns}>
                    <Skeleton className={`h-4 ${width}`} />
                  </Td>
                </tr>
              ))}
            {shownActive.map((service) => (
              <ActiveServiceRow key={service.name} service={service} />
            ))}
            {shownIdle.map(({ name }) => (
              <IdleServiceRow key={name} service={name} />
            ))}
          </tbody>
        </Table>
      )}
      {hidden.active + hidden.idle > 0 && (
        <div className="px-3 py-1.5">
          {all ? (
            <Link
              to="/services"
              search={{ table: true }}
              className="text-sm text-accent underline-offset-2 hover:underline"
            >
              {describeHidden(hidden)}
            </Link>
          ) : (
            <Button size="sm" tone="quiet" className="-ml-2" onClick={() => setAll(true)}>
              {describeHidden(hidden)}
            </Button>
          )}
        </div>
      )}
      {failed && <p className="px-3 py-1.5 text-xs text-warn">{failed}</p>}
    </Section>
  );
}

function describeHidden({ active, idle }: { active: number; idle: number }): string {
  return [
    ...(active > 0 ? [`${formatCount(active)} more that ${active === 1 ? 'sends' : 'send'}`] : []),
    ...(idle > 0 ? [`${formatCount(idle)} more that ${idle === 1 ? 'is' : 'are'} silent`] : []),
  ].join(', ');
}

function isActive({ spans, logs, metrics }: ServiceActivity): boolean {
  return spans > 0 || logs > 0 || metrics;
}
