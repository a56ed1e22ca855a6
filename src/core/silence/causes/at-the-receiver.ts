import type { HostStatus } from '../../../shared/contract/host';
import { describeRejection } from '../../../shared/describe-rejection';
import { formatAgo } from '../../../shared/format-ago';
import { noOtlpEndpoint } from '../../../shared/no-otlp-endpoint';
import type { Cause, ReceiverStatus } from '../cause';

/** What the receiver remembers is old news after so long. */
const recentMs = 15 * 60_000;
const mostRefusals = 3;

/** What Watchtower itself knows: it does not run, is not ready, or refused what came. */
export function atTheReceiver({ state, endpoints, ingest, capabilities }: ReceiverStatus, now: number): Cause[] {
  const causes: Cause[] = [];
  if (!endpoints.otlpGrpc && !endpoints.otlpHttp) {
    const { message, hint = '' } = noOtlpEndpoint;
    causes.push({ id: 'no-otlp-endpoint', sentence: message, mend: hint, weight: 'sure' });
  } else if (capabilities.lifecycle && state !== 'ready' && state !== 'degraded') {
    const sentence = `Watchtower's backend is ${state}: nothing is taken meanwhile.`;
    causes.push({ id: 'backend-not-ready', sentence, mend: 'watchtower status', weight: 'sure' });
  }
  const refused = ingest.rejections.filter(({ lost, at }) => lost && now - at < recentMs);
  for (const rejection of refused.slice(0, mostRefusals)) {
    const { sentence, mend } = mendRefusal(rejection.reason, endpoints);
    const told = `${describeRejection(rejection).replace(/\.?$/, '')}, ${formatAgo(rejection.at, now)}.`;
    causes.push({ id: 'refused', sentence: sentence ?? told, mend, weight: 'sure' });
  }
  return causes;
}

function mendRefusal(reason: string, { otlpHttp }: HostStatus['endpoints']): { sentence?: string; mend: string } {
  const http = otlpHttp ?? 'http://localhost:4318';
  if (/TLS/.test(reason)) return { mend: `export OTEL_EXPORTER_OTLP_ENDPOINT=${http}` };
  if (/\/v1\/\w+\/v1\//.test(reason)) return { mend: `export OTEL_EXPORTER_OTLP_ENDPOINT=${http}` };
  if (/is not an OTLP path/.test(reason))
    return { mend: `export OTEL_EXPORTER_OTLP_ENDPOINT=${http} (SDKs add /v1/traces themselves)` };
  if (/PROXY protocol/.test(reason)) return { mend: 'export NO_PROXY=localhost,127.0.0.1,::1' };
  return { mend: 'Change what the sentence says in the app.' };
}
