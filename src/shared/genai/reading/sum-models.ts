import type { GenAiSpan, Tokens } from '../conversation';
import type { ModelUse } from './turn';

/** What was used of each model. `spans` must not hold both a call and what only sums it up. */
export function sumModels(spans: readonly GenAiSpan[]): ModelUse[] {
  const byModel = new Map<string, ModelUse>();
  for (const { model, work, tokens, cost } of spans) {
    if (work !== 'model' && cost === null && Object.keys(tokens).length === 0) continue;
    const sum = byModel.get(model);
    byModel.set(model, {
      model,
      calls: (sum?.calls ?? 0) + 1,
      tokens: addTokens(sum?.tokens ?? {}, tokens),
      cost: cost === null ? (sum?.cost ?? null) : (sum?.cost ?? 0) + cost,
    });
  }
  return [...byModel.values()].sort((a, b) => weight(b.tokens) - weight(a.tokens));
}

function addTokens(one: Tokens, other: Tokens): Tokens {
  const sum: { -readonly [Name in keyof Tokens]: Tokens[Name] } = { ...one };
  for (const [name, count] of Object.entries(other) as [keyof Tokens, number][]) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}

function weight({ input = 0, output = 0, total = 0 }: Tokens): number {
  return Math.max(total, input + output);
}
