import { agentScopes, agentServices } from '../../../../../shared/agents/agent-content';
import type { Trace } from '../../../../../shared/contract/telemetry';

const isAgent = new RegExp(`^${agentServices}$`);
const isAgentScope = new RegExp(agentScopes, 'i');

/** Whether a resource is a coding agent's, by its service and the scopes of what it sent. */
export function isOfAgent(service: string, scopes: Iterable<string>): boolean {
  if (isAgent.test(service)) return true;
  for (const scope of scopes) if (isAgentScope.test(scope)) return true;
  return false;
}

/** Indexes of the resources of coding agents. */
export function agentResources({ spans }: Pick<Trace, 'spans'>): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { resource, service, scope } of spans)
    if (!found.has(resource) && isOfAgent(service, [scope.name])) found.add(resource);
  return found;
}
