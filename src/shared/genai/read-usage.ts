import type { Tokens } from './conversation';
import type { Fields } from './fields';

const names: Readonly<Record<keyof Tokens, readonly string[]>> = {
  input: [
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.prompt_tokens',
    'llm.token_count.prompt',
    'ai.usage.inputTokens',
    'ai.usage.promptTokens',
    'ai.usage.tokens',
    'llm.usage.prompt_tokens',
  ],
  output: [
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'llm.token_count.completion',
    'ai.usage.outputTokens',
    'ai.usage.completionTokens',
    'llm.usage.completion_tokens',
  ],
  cacheRead: [
    'gen_ai.usage.cache_read.input_tokens',
    'gen_ai.usage.cache_read_input_tokens',
    'gen_ai.usage.input_tokens.cached',
    'gen_ai.usage.details.cache_read_tokens',
    'gen_ai.usage.details.cache_read_input_tokens',
    'llm.token_count.prompt_details.cache_read',
    'ai.usage.inputTokenDetails.cacheReadTokens',
    'ai.usage.cachedInputTokens',
  ],
  cacheWrite: [
    'gen_ai.usage.cache_creation.input_tokens',
    'gen_ai.usage.cache_write.input_tokens',
    'gen_ai.usage.cache_creation_input_tokens',
    'gen_ai.usage.input_tokens.cache_write',
    'gen_ai.usage.details.cache_write_tokens',
    'gen_ai.usage.details.cache_creation_input_tokens',
    'llm.token_count.prompt_details.cache_write',
    'ai.usage.inputTokenDetails.cacheWriteTokens',
  ],
  reasoning: [
    'gen_ai.usage.reasoning.output_tokens',
    'gen_ai.usage.output_tokens.reasoning',
    'gen_ai.usage.reasoning_tokens',
    'gen_ai.usage.details.reasoning_tokens',
    'llm.usage.reasoning_tokens',
    'llm.token_count.completion_details.reasoning',
    'ai.usage.outputTokenDetails.reasoningTokens',
    'ai.usage.reasoningTokens',
  ],
  total: ['gen_ai.usage.total_tokens', 'llm.usage.total_tokens', 'llm.token_count.total', 'ai.usage.totalTokens'],
};
/** Without a prefix they mean this only where Claude Code says them. */
const claudeNames: Readonly<Partial<Record<keyof Tokens, string>>> = {
  input: 'input_tokens',
  output: 'output_tokens',
  cacheRead: 'cache_read_tokens',
  cacheWrite: 'cache_creation_tokens',
};
const costs = [
  'gen_ai.usage.cost',
  'gen_ai.usage.cost.total',
  'gen_ai.usage.total_cost',
  'gen_ai.usage.cost_usd',
  'llm.cost.total',
  'llm.usage.cost',
  'operation.cost',
];
const costParts = [
  ['gen_ai.usage.input_cost', 'llm.cost.prompt'],
  ['gen_ai.usage.output_cost', 'llm.cost.completion'],
] as const;

/** Counts of tokens as a span reports them, under any of the names they have. */
export function readTokens(fields: Fields, ofClaudeCode: boolean): Tokens {
  const tokens: { -readonly [Name in keyof Tokens]: Tokens[Name] } = {};
  for (const name of Object.keys(names) as (keyof Tokens)[]) {
    const claude = ofClaudeCode && claudeNames[name];
    const count = fields.number(...names[name], ...(claude ? [claude] : []));
    if (count !== undefined) tokens[name] = count;
  }
  return tokens;
}

/** US dollars as a span reports them; null where it reports none. */
export function readCost(fields: Fields): number | null {
  const whole = fields.number(...costs);
  if (whole !== undefined) return whole;
  const parts = costParts.flatMap((keys) => fields.number(...keys) ?? []);
  return parts.length > 0 ? parts.reduce((sum, part) => sum + part, 0) : null;
}
