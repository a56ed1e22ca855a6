import { agentIds } from './agent-ids';

/** What runs a command on an agent's behalf: one of ours, or another whose variables are known. */
export const harnesses = [...agentIds, 'amazon-q', 'pi', 'cline', 'other'] as const;
export type Harness = (typeof harnesses)[number];

/** Set by a harness for the commands that it runs, read in the projects' sources. The more telling ones come first. */
const variables: readonly (readonly [name: string, harness: Harness])[] = [
  ['CURSOR_AGENT', 'cursor'],
  ['CODEX_SANDBOX', 'codex'],
  ['CODEX_THREAD_ID', 'codex'],
  ['GEMINI_CLI', 'gemini'],
  ['OPENCODE', 'opencode'],
  ['PI_CODING_AGENT', 'pi'],
  ['CLINE_ACTIVE', 'cline'],
  ['COPILOT_AGENT_SESSION_ID', 'copilot'],
  ['GITHUB_COPILOT', 'copilot'],
  ['AMAZON_Q', 'amazon-q'],
  ['CLAUDECODE', 'claude'],
  ['CLAUDE_CODE', 'claude'],
];

/** The names that stand in `AI_AGENT` and `AGENT`, with a version behind them or without. */
const spoken: readonly (readonly [start: string, harness: Harness])[] = [
  ['claude', 'claude'],
  ['cursor', 'cursor'],
  ['codex', 'codex'],
  ['github-copilot', 'copilot'],
  ['copilot', 'copilot'],
  ['gemini', 'gemini'],
  ['opencode', 'opencode'],
  ['amazon-q', 'amazon-q'],
  ['pi', 'pi'],
  ['cline', 'cline'],
];

const isSet = (value: string | undefined) => value !== undefined && !['', '0', 'false'].includes(value.toLowerCase());

/**
 * The coding agent on whose behalf this program runs; null for a person. `WATCHTOWER_AGENT` decides where it is set: `0` says
 * that a person reads, `1` or a name that an agent does.
 */
export function findHarness(env: Readonly<Record<string, string | undefined>>): Harness | null {
  const own = env.WATCHTOWER_AGENT;
  if (own !== undefined && own !== '' && !isSet(own)) return null;
  const seen = variables.find(([name]) => isSet(env[name]))?.[1] ?? read(env.AI_AGENT) ?? read(env.AGENT);
  if (!own) return seen ?? null;
  return read(own) ?? seen ?? 'other';
}

function read(value: string | undefined): Harness | null {
  if (!value) return null;
  const name = value.toLowerCase();
  return (
    agentIds.find((id) => id === name) ??
    spoken.find(
      ([start]) => name === start || (/^[-_@/ ]/.test(name.slice(start.length)) && name.startsWith(start)),
    )?.[1] ??
    null
  );
}
