import { oc } from '@orpc/contract';
import { z } from 'zod';

/** The questions of agents: over MCP, and by `watchtower agent ask`. */
export const asking = {
  /**
   * One tool's answer as compact text, secrets masked: telemetry in it is fenced and marked as data. `refused`: the text says why, and what to
   * ask instead.
   */
  ask: oc
    .input(
      z.object({
        tool: z.string().max(100),
        arguments: z.record(z.string().max(200), z.json()),
        /** The harness that asks, where it is known. */
        asker: z.string().max(100).optional(),
      }),
    )
    .output(z.object({ text: z.string(), refused: z.boolean() })),
};
