import { findHarness } from './find-harness';

/** Set by agents for the commands that they run: the id of the session, as in their telemetry. */
const variables = ['CLAUDE_CODE_SESSION_ID', 'CODEX_THREAD_ID', 'COPILOT_AGENT_SESSION_ID'];

/** The agent on whose behalf this program runs and, where it tells it, its session; undefined for a person. */
export function findAgentSession(
  env: Readonly<Record<string, string | undefined>>,
): { harness: string; session?: string } | undefined {
  const harness = findHarness(env);
  if (harness === null) return undefined;
  const session = variables.map((name) => env[name]).find((value) => value !== undefined && value !== '');
  return { harness, ...(session !== undefined && session.length <= 500 && { session }) };
}
