import type { HostStatus } from '../shared/contract/host';

/** In place of an address, of a backend that has none. */
export const noOtlp = 'none: this backend only answers queries';

/** Where apps send to, in a line. */
export function describeOtlp({ otlpGrpc, otlpHttp }: HostStatus['endpoints']): string {
  const known = [...(otlpGrpc ? [`gRPC ${otlpGrpc}`] : []), ...(otlpHttp ? [`HTTP ${otlpHttp}`] : [])];
  return known.join(' · ') || noOtlp;
}
