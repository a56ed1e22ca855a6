import { oc } from '@orpc/contract';
import { z } from 'zod';
import { queryErrors, TimeWindow } from './telemetry';

/** More columns than these are no picture. */
const mostSteps = 2000;

export const volume = {
  /**
   * How many spans or lines of all that is kept fall into each step of a window, and how many of those failed: spans with an error,
   * lines of a level of error or worse. The window is widened to whole steps, from `from` on, Unix milliseconds; `step` in seconds.
   */
  overTime: oc
    .errors(queryErrors)
    .input(
      z
        .object({ signal: z.enum(['spans', 'lines']), window: TimeWindow, step: z.number().int().min(1) })
        .refine(({ window, step }) => window.to - window.from <= 1000 * step * mostSteps, `at most ${mostSteps} steps`),
    )
    .output(z.object({ from: z.number(), counts: z.array(z.number()), failed: z.array(z.number()) })),
};
