import { useQuery } from '@tanstack/react-query';
import { client } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { PageBody } from '../../../page/page-body';
import { PageHeader } from '../../../page/page-header';
import { ServiceLink } from '../../../page/service-link';
import { TimeRangeControl } from '../../../page/time-range-control';
import { useTimeRange } from '../../../page/use-time-range';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Section } from '../../../ui/layout/section';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { Spinner } from '../../../ui/marks/spinner';

/** The services of the time window. */
export function ServicesPage() {
  const time = useTimeRange();
  const services = useQuery({
    queryKey: ['services.list', time.key],
    queryFn: ({ signal }) => client.services.list({ window: time.resolve() }, { signal }),
  });
  return (
    <>
      <PageHeader title="Services">
        <span className="flex-1" />
        <TimeRangeControl />
      </PageHeader>
      <PageBody>
        {services.isError ? (
          <ProblemCard problem={describeError(services.error)} />
        ) : !services.data ? (
          <Spinner label="Looking" />
        ) : (
          <Section title="All services">
            {services.data.services.map(({ name }) => (
              <ServiceLink key={name} service={name} className="flex h-8 items-center px-3 hover:bg-hover">
                <ServiceDot service={name} />
              </ServiceLink>
            ))}
          </Section>
        )}
      </PageBody>
    </>
  );
}
