import { z } from 'zod';
import { agentIds } from './agent-ids';

export const AgentId = z.enum(agentIds);
export type AgentId = z.infer<typeof AgentId>;

interface Agent {
  id: AgentId;
  title: string;
  /** The `service.name` of what it sends about itself, in any of its forms. None: it sends nothing by itself. */
  services: readonly string[];
}

export const agents: readonly Agent[] = [
  { id: 'claude', title: 'Claude Code', services: ['claude-code', 'claude-code-desktop'] },
  { id: 'cursor', title: 'Cursor', services: ['cursor'] },
  {
    id: 'codex',
    title: 'Codex',
    services: ['codex-cli', 'codex_cli_rs', 'codex_exec', 'codex-tui', 'codex_vscode', 'codex-app-server'],
  },
  { id: 'copilot', title: 'GitHub Copilot', services: ['copilot-chat', 'github-copilot'] },
  { id: 'gemini', title: 'Gemini CLI', services: ['gemini-cli'] },
  { id: 'opencode', title: 'OpenCode', services: [] },
];
