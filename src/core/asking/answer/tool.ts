import type { z } from 'zod';
import type { AskedHost } from './asked-host';
import type { Refusal, Told } from './told';

/** When and for whom a tool answers. */
export interface Asking {
  host: AskedHost;
  /** Unix milliseconds: the end of every window; of a continuation, when it was first asked. */
  now: number;
  signal: AbortSignal;
  /** The harness that asks, where its client or its environment says which. */
  asker?: string | undefined;
}

/** One question that an agent may ask. Its description and schema are what a model reads: every word of them costs. */
export interface Tool {
  name: string;
  description: string;
  /** Keys are the names of arguments. */
  schema: z.ZodObject;
  answer(input: unknown, asking: Asking): Promise<Told | Refusal>;
}

/** A tool whose answer is given what its schema makes of the arguments. */
export function defineTool<Schema extends z.ZodObject>(tool: {
  name: string;
  description: string;
  schema: Schema;
  answer(input: z.infer<Schema>, asking: Asking): Promise<Told | Refusal>;
}): Tool {
  return { ...tool, answer: (input, asking) => tool.answer(input as z.infer<Schema>, asking) };
}
