/** Asks a host's tool; null where none answers. */
export type AskOverview = (given: Record<string, string | number>) => Promise<string | null>;

/** Tokens of what each session pays for before its first question. */
const budget = 250;

/**
 * What a hook that is told of a session's start answers: what Watchtower sees at the moment, as context of the session. Empty where there is
 * nothing to tell, or the event is another. Claude Code and Gemini CLI take the same answer.
 */
export async function greetSession(input: string, ask: AskOverview): Promise<string> {
  if (eventOf(input) !== 'SessionStart') return '';
  const overview = await ask({ since: '1h', budget });
  if (overview === null) return '';
  const additionalContext = `Watchtower keeps the telemetry of what runs here. Its tool overview says at the moment:\n${overview}`;
  return `${JSON.stringify({ hookSpecificOutput: { hookEventName: 'SessionStart', additionalContext } })}\n`;
}

function eventOf(input: string): unknown {
  try {
    return (JSON.parse(input) as { hook_event_name?: unknown } | null)?.hook_event_name;
  } catch {
    return undefined;
  }
}
