import { splitInput } from '../add-tokens';
import type { ModelCallFact } from './session-fact';
import { amountOf, firstOf, type TelemetryItem } from './telemetry-item';

/** What a model call used, in the names of the GenAI conventions, old ones too. None where no usage is told: an event of a request, a call that was cut off. */
export function readUsage(item: TelemetryItem): ModelCallFact[] {
  const input = amountOf(item, 'gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens');
  const output = amountOf(item, 'gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens');
  if (input === undefined && output === undefined) return [];
  const cacheRead = amountOf(item, 'gen_ai.usage.cache_read.input_tokens', 'gen_ai.usage.cache_read_input_tokens');
  const cacheCreation = amountOf(
    item,
    'gen_ai.usage.cache_creation.input_tokens',
    'gen_ai.usage.cache_creation_input_tokens',
  );
  const firstToken = amountOf(item, 'copilot_chat.time_to_first_token');
  const chunk = amountOf(item, 'gen_ai.response.time_to_first_chunk');
  return [
    {
      kind: 'model-call',
      requestId: firstOf(item, 'gen_ai.response.id'),
      model: firstOf(item, 'gen_ai.response.model', 'gen_ai.request.model') ?? '',
      tokens: { ...splitInput(input ?? 0, cacheRead ?? 0, cacheCreation ?? 0), output: output ?? 0 },
      signature: `${input ?? 0}|${output ?? 0}`,
      usd: amountOf(item, 'gen_ai.usage.cost', 'gen_ai.cost.total_cost'),
      firstTokenMs: firstToken ?? (chunk === undefined ? undefined : chunk * 1000),
      stopReason: firstOf(item, 'gen_ai.response.finish_reasons'),
      purpose: firstOf(item, 'copilot_chat.debug_name'),
    },
  ];
}
