import { z } from 'zod';

const mostTokens = 20_000;

/** Of every tool: how long an answer may be, and where it goes on. */
export const answerArguments = {
  budget: z.int().min(100).max(mostTokens).default(2000),
  cursor: z.string().optional(),
};

/** Of tools that ask for telemetry: how far back, and of what alone. */
export const scopeArguments = {
  since: z.string().optional(),
  run: z.string().optional(),
};

/** Of tools that tell of runs: whose alone. */
export const agentArgument = { agent: z.string().optional() };
