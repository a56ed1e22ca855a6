import type { AgentId } from '../../agents/agents';
import type { Tokens } from '../usage';

/** What a counter of an agent grew by. */
export interface MetricIncrement {
  /** Unix milliseconds. */
  readonly atMs: number;
  readonly agent: AgentId;
  readonly model: string;
  /** `usd`: US dollars; the others tokens. */
  readonly of: keyof Tokens | 'usd';
  readonly value: number;
}

interface AgentCounter {
  /** The series as a Prometheus names it, whether or not the unit was sent. */
  readonly name: RegExp;
  readonly agent: AgentId;
  readonly of: 'tokens' | 'usd';
}

/** The counters that tell what a session used, by the session's id. */
export const agentCounters: readonly AgentCounter[] = [
  { name: /^claude_code_token_usage(?:_tokens)?(?:_total)?$/, agent: 'claude', of: 'tokens' },
  { name: /^claude_code_cost_usage(?:_(?:USD|usd))?(?:_total)?$/, agent: 'claude', of: 'usd' },
  { name: /^gemini_cli_token_usage(?:_tokens)?(?:_total)?$/, agent: 'gemini', of: 'tokens' },
];

const kinds: Readonly<Record<string, readonly (readonly [keyof Tokens, 1 | -1])[]>> = {
  input: [['input', 1]],
  output: [['output', 1]],
  cacheRead: [['cacheRead', 1]],
  cacheCreation: [['cacheCreation', 1]],
  // Gemini CLI: the input has what came from the cache, the output has not the thoughts.
  thought: [['output', 1]],
  tool: [['input', 1]],
  cache: [
    ['cacheRead', 1],
    ['input', -1],
  ],
};

/** What an increment of a series with these labels is of; nothing where it is of none of these. */
export function readIncrement(
  name: string,
  label: (name: string) => string | undefined,
  atMs: number,
  value: number,
): MetricIncrement[] {
  const counter = agentCounters.find((known) => known.name.test(name));
  if (!counter) return [];
  const told = { atMs, agent: counter.agent, model: label('model') ?? '' };
  if (counter.of === 'usd') return [{ ...told, of: 'usd', value }];
  return (kinds[label('type') ?? ''] ?? []).map(([of, sign]) => ({ ...told, of, value: sign * value }));
}
