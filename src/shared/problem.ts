import { z } from 'zod';

/**
 * An expected failure, as a value: what happened and what to do about it.
 * `kind` is a stable kebab-case name (`port-in-use`, `data-newer`, …), `message` one sentence of what happened,
 * `hint` one sentence of what to do, `details` folded text such as a log excerpt.
 */
export const Problem = z.object({
  kind: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  details: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;
