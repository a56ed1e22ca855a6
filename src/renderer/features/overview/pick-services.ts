import type { ServiceActivity } from '../../../shared/contract/services';

/** At most so many of the services, in their order: those with failed spans or lines first of all, none of which may hide. */
export function pickServices(services: readonly ServiceActivity[], most: number): ServiceActivity[] {
  const failing = services.filter(({ errorSpans, errorLogs }) => errorSpans + errorLogs > 0);
  const others = services.filter((service) => !failing.includes(service));
  const picked = new Set([...failing, ...others.slice(0, Math.max(0, most - failing.length))]);
  return services.filter((service) => picked.has(service));
}
