import type { DestinationsStatus } from '../../../../../shared/contract/destinations';
import type { Trace } from '../../../../../shared/contract/telemetry';
import { agentResources } from './agent-resources';

/** Whether what destinations get would differ from this trace: there are rules, or it tells what coding agents were told. */
export function hasRedaction(
  { redaction, agentContent }: Pick<DestinationsStatus, 'redaction' | 'agentContent'>,
  trace: Trace,
): boolean {
  return redaction.some(({ enabled }) => enabled) || (!agentContent && agentResources(trace).size > 0);
}
