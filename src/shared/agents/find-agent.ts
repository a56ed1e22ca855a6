import { type AgentId, agents } from './agents';

const byId = new Map(agents.map((agent) => [agent.id, agent]));
const byService = new Map(agents.flatMap((agent) => agent.services.map((service) => [service, agent] as const)));

export const agentTitle = (id: AgentId): string => byId.get(id)!.title;

/** The agent that sends under this `service.name`; null where none is known to. */
export const agentOfService = (service: string): AgentId | null => byService.get(service)?.id ?? null;
