import { quoteTraceQl } from '../../traces/list/quote-traceql';

/** What is measured of a service: what came in, or all its spans where nothing comes in. */
export type Measured = 'requests' | 'spans';

/** The spans of a service in TraceQL, with further conditions. */
export function spansOfService(service: string, measured: Measured, ...conditions: readonly string[]): string {
  const own = `resource.service.name = ${quoteTraceQl(service)}`;
  const kinds = measured === 'requests' ? ['(kind = server || kind = consumer)'] : [];
  return `{ ${[own, ...kinds, ...conditions].join(' && ')} }`;
}
