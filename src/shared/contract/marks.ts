import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Problem } from '../problem';

/** A moment with a name, to which every question can go back (`since`). */
export const Mark = z.object({
  name: z.string(),
  /** Unix milliseconds. */
  at: z.number(),
});
export type Mark = z.infer<typeof Mark>;

/** `data` says why, and what to do. */
const markErrors = { MARK: { status: 409, message: 'The mark was not set.', data: Problem } } as const;
const name = z.string().min(1).max(100);

export const marks = {
  /** Now, or anew where there was one of that name. */
  set: oc.errors(markErrors).input(z.object({ name })).output(Mark),
  /** Newest first. */
  list: oc.output(z.object({ marks: z.array(Mark) })),
  /** One that is gone already is no error. */
  delete: oc
    .errors(markErrors)
    .input(z.object({ name }))
    .output(z.object({ marks: z.array(Mark) })),
};
