import type { Span, Trace } from '../../shared/contract/telemetry';
import { makeTrace } from '../../shared/trace/make-trace.test-data';

const millisecond = 1_000_000;

export const shopTraceId = '0af7651916cd43dd8448eb211c80319c';

/** A gateway that calls orders, which calls payments; each span's service and id are its name. Within 100 ms. */
export function makeShop(change: (span: Span) => Partial<Span> = () => ({})): Trace {
  const trace = makeTrace([
    ['gateway', '', 0, 100 * millisecond],
    ['orders', 'gateway', 10 * millisecond, 80 * millisecond],
    ['payments', 'orders', 20 * millisecond, 60 * millisecond],
  ]);
  return { ...trace, spans: trace.spans.map((span) => ({ ...span, service: span.spanId, ...change(span) })) };
}

/** The shop with one span changed. */
export function makeShopWith(spanId: string, fields: Partial<Span>): Trace {
  return makeShop((span) => (span.spanId === spanId ? fields : {}));
}

/** The span that the address of a trace's page names. */
export function spanOf(address: string): string | null {
  return new URLSearchParams(address.split('?')[1]).get('span');
}
