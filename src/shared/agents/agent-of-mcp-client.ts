import type { AgentId } from './agents';

/** What MCP clients call themselves at the start of a session. */
const names: readonly (readonly [start: string, agent: AgentId])[] = [
  ['claude', 'claude'],
  ['cursor', 'cursor'],
  ['codex', 'codex'],
  ['copilot', 'copilot'],
  ['github-copilot', 'copilot'],
  ['visual studio code', 'copilot'],
  ['vscode', 'copilot'],
  ['gemini', 'gemini'],
  ['opencode', 'opencode'],
];

/** The agent that an MCP client belongs to by its name; null where none is known to call itself so. */
export function agentOfMcpClient(name: string): AgentId | null {
  return names.find(([start]) => name.toLowerCase().startsWith(start))?.[1] ?? null;
}
