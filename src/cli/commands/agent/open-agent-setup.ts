import { AgentSetupBook } from '../../../core/agent-setup/agent-setup-book';
import type { CliRuntime } from '../../../core/cli-runtime';
import { createHostClient } from '../../../core/http/client/create-host-client';
import { findHost } from '../../../core/ownership/host-file';
import { resolveHome } from '../../../core/ownership/resolve-home';
import { AgentId, agents } from '../../../shared/agents/agents';
import { CommandFailure } from '../../command-failure';
import { EXIT } from '../../exit-codes';

const answerMs = 2_000;

/** The set-up of agents, with the endpoint of the host that runs; it needs none. */
export async function openAgentSetup(runtime: CliRuntime): Promise<AgentSetupBook> {
  const home = resolveHome();
  const http = await endpointOf(home);
  return new AgentSetupBook({ home, self: runtime.self, endpoint: () => (http === null ? null : { http }) });
}

async function endpointOf(home: string): Promise<string | null> {
  const host = await findHost(home);
  if (!host) return null;
  try {
    const client = createHostClient(host.url, host.token);
    const { endpoints } = await client.host.snapshot(undefined, { signal: AbortSignal.timeout(answerMs) });
    return endpoints.otlpHttp ?? null;
  } catch {
    return null;
  }
}

/** The agents of these names; fails where one is not known. */
export function readAgents(names: readonly string[]): AgentId[] {
  return names.map((name) => {
    const read = AgentId.safeParse(name.toLowerCase());
    if (read.success) return read.data;
    throw new CommandFailure(
      {
        kind: 'agent-unknown',
        message: `There is no agent ${JSON.stringify(name)}.`,
        hint: `Choose from ${agents.map(({ id }) => id).join(', ')}.`,
      },
      EXIT.usage,
    );
  });
}

export function noneFound(): CommandFailure {
  return new CommandFailure({
    kind: 'agent-unknown',
    message: 'No coding agent was found on this machine or in this repository.',
    hint: `Name one: ${agents.map(({ id }) => id).join(', ')}.`,
  });
}
