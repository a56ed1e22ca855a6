import { findHarness } from './find-harness';

/** Set by an agent for the commands that it runs: the id of its session, as in its telemetry. */
const variables: Readonly<Record<string, string>> = {
  claude: 'CLAUDE_CODE_SESSION_ID',
  codex: 'CODEX_THREAD_ID',
  copilot: 'COPILOT_AGENT_SESSION_ID',
};

/** The agent on whose behalf this program runs and, where it tells it, its session; undefined for a person. */
export function findAgentSession(
  env: Readonly<Record<string, string | undefined>>,
): { harness: string; session?: string } | undefined {
  const harness = findHarness(env);
  if (harness === null) return undefined;
  // One agent may run another, and what it set is still there: the session is the one of who runs this.
  const session = env[variables[harness] ?? ''];
  return { harness, ...(session && session.length <= 500 && { session }) };
}
