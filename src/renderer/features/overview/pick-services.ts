import type { ServiceActivity } from '../../../shared/contract/services';

/** Beyond so many that fail at once, the number says more than their names. */
const mostFailing = 50;

/** At most so many of the services, in their order: those with failed spans or lines first of all, the fifty with the most of them always. */
export function pickServices(services: readonly ServiceActivity[], most: number): ServiceActivity[] {
  const errorsOf = ({ errorSpans, errorLogs }: ServiceActivity) => errorSpans + errorLogs;
  const failing = new Set(
    services
      .filter((service) => errorsOf(service) > 0)
      .sort((a, b) => errorsOf(b) - errorsOf(a))
      .slice(0, Math.max(most, mostFailing)),
  );
  const others = services.filter((service) => !failing.has(service));
  const picked = new Set([...failing, ...others.slice(0, Math.max(0, most - failing.size))]);
  return services.filter((service) => picked.has(service));
}
