import { ORPCError } from '@orpc/server';
import type { Problem } from '../../shared/problem';
import type { AgentSetupBook } from '../agent-setup/agent-setup-book';
import type { McpClientBook } from '../mcp-clients/mcp-client-book';
import type { RunBook } from '../runs/run-book';
import { createStatusFeed } from './create-status-feed';
import type { Implementer } from './implement-contract';

export interface AgentDependencies {
  agentSetup: AgentSetupBook;
  mcpClients: McpClientBook;
  runs: RunBook;
}

const mostFolders = 20;

/** Coding agents: their set-up, what they tell about themselves, and who asks over MCP. */
export function createAgentProcedures(os: Implementer, { agentSetup, mcpClients, runs }: AgentDependencies) {
  return os.agents.router({
    folders: os.agents.folders.handler(() =>
      [...new Set(runs.list().map(({ folder }) => folder))].slice(0, mostFolders),
    ),
    list: os.agents.list.handler(async ({ input }) => orRefuse(await agentSetup.list(input.folder))),
    init: os.agents.init.handler(async ({ input }) =>
      orRefuse(await agentSetup.init(input.folder, input.agents, input.dryRun)),
    ),
    remove: os.agents.remove.handler(async ({ input }) =>
      orRefuse(await agentSetup.remove(input.folder, input.agents, input.dryRun)),
    ),
    switchTelemetry: os.agents.switchTelemetry.handler(async ({ input }) =>
      orRefuse(await agentSetup.switchTelemetry(input.agent, input)),
    ),
    clients: os.agents.clients.handler(async ({ signal }) =>
      createStatusFeed(
        {
          read: () => ({ clients: mcpClients.list() }),
          subscribe: (listener) => mcpClients.subscribe(listener),
        },
        signal,
      ),
    ),
    attend: os.agents.attend.handler(async function* ({ input, signal }) {
      const id = mcpClients.join(input);
      try {
        yield { id };
        await new Promise<void>((resolve) => {
          if (signal?.aborted) resolve();
          else signal?.addEventListener('abort', () => resolve(), { once: true });
        });
      } finally {
        mcpClients.leave(id);
      }
    }),
    asked: os.agents.asked.handler(({ input }) => ({ known: mcpClients.asked(input.id, input.tool) })),
  });
}

function orRefuse<Value extends object>(answer: Value | { problem: Problem }): Value {
  if ('problem' in answer) {
    const { problem } = answer as { problem: Problem };
    throw new ORPCError('AGENT', { status: 409, message: problem.message, data: problem });
  }
  return answer as Value;
}
