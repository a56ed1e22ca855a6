/** The coding agents that Watchtower can be set up in (`watchtower agent init`, the page Agents). */
export const agentIds = ['claude', 'cursor', 'codex', 'copilot', 'gemini', 'opencode'] as const;
