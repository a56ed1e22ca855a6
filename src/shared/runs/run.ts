import { z } from 'zod';

/** Where the code stood that a run ran, as git tells it. */
export const Revision = z.object({
  /** Full hash. */
  commit: z.string(),
  /** Missing where no branch is checked out. */
  branch: z.string().optional(),
  /** Name of the repository: the last part of its remote's address, else its folder's. */
  repository: z.string(),
  /** Files differ from the commit. */
  dirty: z.boolean(),
});
export type Revision = z.infer<typeof Revision>;

/** What a run is known by, in a summary as well. */
export const RunIdentity = z.object({
  /** 8 characters of a-z and 2-7. */
  id: z.string().regex(/^[a-z2-7]{8}$/),
  /** Runs of one name are compared with each other. */
  name: z.string().min(1).max(100),
  /** Program and arguments. */
  command: z.array(z.string()).min(1),
  /** Absolute path of the working folder. */
  folder: z.string(),
  revision: Revision.optional(),
  /** Unix milliseconds. */
  startedAt: z.number(),
  /** Unix milliseconds; null while it runs. */
  endedAt: z.number().nullable(),
  /** Null while it runs, and where a signal ended it. */
  exitCode: z.number().int().nullable(),
  /** `SIGTERM`, where a signal ended it. */
  signal: z.string().optional(),
});
export type RunIdentity = z.infer<typeof RunIdentity>;

export const Run = RunIdentity.extend({
  /** `lost`: what ran it is gone without a word. */
  state: z.enum(['running', 'ended', 'lost']),
  /** The run in which this one was started. */
  parentId: z.string().optional(),
  /** Of the run's own span, 32 and 16 hex digits. */
  traceId: z.string(),
  spanId: z.string(),
  /** Of the span that started it, where `TRACEPARENT` named one. */
  parentSpanId: z.string().optional(),
  /** The coding agent on whose behalf it was started, and the agent's id of its session, where the environment tells them. */
  agent: z.object({ harness: z.string(), session: z.string().max(500).optional() }).optional(),
  /** What a person wrote to it. */
  label: z.string().max(200).optional(),
  /** Its summary is kept until it is deleted. */
  pinned: z.boolean(),
  /** Set at its end, from its summary. */
  outcome: z
    .object({
      traces: z.number(),
      spans: z.number(),
      errors: z.number(),
      findings: z.number(),
      /** Against the last run of its name. */
      verdict: z.enum(['first', 'same', 'different', 'worse', 'incomparable']),
    })
    .optional(),
});
export type Run = z.infer<typeof Run>;
