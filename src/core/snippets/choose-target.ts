import type { HostStatus } from '../../shared/contract/host';
import { noOtlpEndpoint } from '../../shared/no-otlp-endpoint';
import type { Problem } from '../../shared/problem';
import type { SnippetTarget } from './snippet-target';

/** What a person asked for, and what there is: where only the other protocol is taken, that one. `only`: what can be sent at all. */
export function chooseTarget(
  { otlpGrpc, otlpHttp }: Pick<HostStatus['endpoints'], 'otlpGrpc' | 'otlpHttp'>,
  { serviceName, protocol: wanted }: Pick<SnippetTarget, 'serviceName' | 'protocol'>,
  only?: 'http',
): SnippetTarget | { problem: Problem } {
  const [grpc, http] = only === 'http' ? [undefined, otlpHttp] : [otlpGrpc, otlpHttp];
  const first = wanted === 'grpc' ? grpc : http;
  const protocol = first ? wanted : wanted === 'grpc' ? 'http' : 'grpc';
  const other = grpc ?? http;
  if (other) return { serviceName, protocol, otlpGrpc: grpc ?? other, otlpHttp: http ?? other };
  return { problem: otlpGrpc ? { ...noOtlpEndpoint, message: onlyGrpc } : noOtlpEndpoint };
}

const onlyGrpc = 'No OTLP/HTTP endpoint of this backend is known, and nothing else can be sent from there.';
