import type { HostStatus } from '../shared/contract/host';

/** Where apps send to, in a line. */
export function describeOtlp({ otlpGrpc, otlpHttp }: HostStatus['endpoints']): string {
  const known = [...(otlpGrpc ? [`gRPC ${otlpGrpc}`] : []), ...(otlpHttp ? [`HTTP ${otlpHttp}`] : [])];
  return known.join(' · ') || 'none: this backend only answers queries';
}
