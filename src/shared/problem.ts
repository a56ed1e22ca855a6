import { z } from 'zod';
import { problemKinds } from './problem-kinds';

/**
 * An expected failure, as a value: what happened and what to do about it.
 * `kind` is one of a closed list, for programs and for what the panel offers to do; `message` one sentence of what happened,
 * `hint` one sentence of what to do, `details` folded text such as a log excerpt.
 */
export const Problem = z.object({
  kind: z.enum(problemKinds),
  message: z.string(),
  hint: z.string().optional(),
  details: z.string().optional(),
  /**
   * Of a problem that is shown: until who showed it says that it is over (without a word: this), until a person has
   * seen and dismissed it (something that happened, and is over), or as long as the process runs that showed it.
   * A state that lasts never outlives the process that reported it.
   */
  lifetime: z.enum(['until-solved', 'until-seen', 'this-run']).optional(),
});
export type Problem = z.infer<typeof Problem>;
