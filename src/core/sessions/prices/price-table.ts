import { z } from 'zod';
import type { Tokens } from '../../../shared/sessions/usage';

/** US dollars a million tokens. A kind of tokens without a price is none that the model is charged for by the table: it has no cost then. */
const ModelPrice = z.strictObject({
  input: z.number().min(0),
  output: z.number().min(0),
  cacheRead: z.number().min(0).optional(),
  cacheCreation: z.number().min(0).optional(),
});

export const PriceTable = z.object({
  /** The day of the prices. */
  asOf: z.iso.date(),
  source: z.string(),
  models: z.record(z.string(), ModelPrice),
});
export type PriceTable = z.infer<typeof PriceTable>;

/** What these tokens of a model cost, in US dollars; null where the table does not have the model, or no price of what was used. */
export function priceOf(table: PriceTable, model: string, tokens: Tokens): number | null {
  const price = findPrice(table, model);
  if (!price) return null;
  let cost = 0;
  for (const kind of ['input', 'output', 'cacheRead', 'cacheCreation'] as const) {
    if (tokens[kind] === 0) continue;
    const each = price[kind];
    if (each === undefined) return null;
    cost += (tokens[kind] * each) / 1e6;
  }
  return cost;
}

/** By the whole name, else without what stands before a `/` and without a date or a variant of the context behind it. */
function findPrice({ models }: PriceTable, model: string): z.infer<typeof ModelPrice> | undefined {
  const last = model.split('/').at(-1)!.toLowerCase();
  const plain = last.replace(/\[[^\]]*\]$/, '').replace(/[-@](?:\d{4}-\d{2}-\d{2}|\d{8})$/, '');
  for (const name of [model, last, plain]) if (Object.hasOwn(models, name)) return models[name];
  return undefined;
}
