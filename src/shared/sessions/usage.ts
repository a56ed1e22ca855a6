import { z } from 'zod';

/**
 * What went through models. The four do not overlap, whatever an agent calls them: their sum is everything that was read and
 * written. `input` is what was read anew, neither from a cache nor into one; `output` has the thoughts among it.
 */
export const Tokens = z.object({
  input: z.number(),
  output: z.number(),
  cacheRead: z.number(),
  cacheCreation: z.number(),
});
export type Tokens = z.infer<typeof Tokens>;

/** US dollars. What is reported and what is estimated are of different calls: their sum is the cost. */
export const Cost = z.object({
  /** As the agent reported it; null where it reported none. */
  reportedUsd: z.number().nullable(),
  /** By the price table, of the calls for which none was reported; null where there is none such. */
  estimatedUsd: z.number().nullable(),
  /** Models that were used without a reported cost and that the table does not have: what they cost is in neither. */
  unpriced: z.array(z.string()),
});
export type Cost = z.infer<typeof Cost>;

export const ModelUsage = z.object({
  /** As the agent names it; empty where it does not. */
  model: z.string(),
  calls: z.number(),
  tokens: Tokens,
  cost: Cost,
});
export type ModelUsage = z.infer<typeof ModelUsage>;

/** Where estimates come from. */
export const PriceSource = z.object({
  /** `2026-07-24`: the prices are those of this day. */
  asOf: z.string(),
  source: z.string(),
  /** The file that may be edited. */
  path: z.string(),
  /** Why the file is not used, and nothing is estimated. */
  problem: z.string().optional(),
});
export type PriceSource = z.infer<typeof PriceSource>;
