import { z } from 'zod';

/** What lines have in common, with `<*>` for what varies. */
export const LogPattern = z.object({
  pattern: z.string(),
  /** As of `LogRecord`; `unknown` where the backend tells none. */
  level: z.string(),
  /** Empty where the backend tells none. */
  service: z.string(),
  /** The beginning of one of its lines; empty where the backend tells none. */
  example: z.string(),
  count: z.number(),
  /** Unix seconds and lines of the step that begins there; those without lines are left out. */
  samples: z.array(z.tuple([z.number(), z.number()])),
  /** Where another window was given: lines in it, and how the pattern differs from it. Null: no more than chance makes. */
  against: z
    .object({
      count: z.number(),
      change: z.enum(['new', 'gone', 'more', 'fewer']).nullable(),
      ratio: z.number().nullable(),
    })
    .optional(),
});
export type LogPattern = z.infer<typeof LogPattern>;

export const LogPatterns = z.object({
  /** The most frequent first. */
  patterns: z.array(LogPattern),
  /** All lines of the query; null where the backend does not tell. */
  lines: z.number().nullable(),
  /** Lines that were looked at. */
  looked: z.number(),
  /** Seconds of a step. */
  step: z.number(),
  /** Sentences on what is not in here, and what was looked at instead. */
  leftOut: z.array(z.string()),
});
export type LogPatterns = z.infer<typeof LogPatterns>;

/** A label, structured metadata or a key that `json` or `logfmt` finds in the lines. */
export const LogField = z.object({
  /** As queries name it. */
  name: z.string(),
  kind: z.enum(['label', 'metadata', 'json', 'logfmt']),
  type: z.string(),
  /** How many values there are among the lines that were looked at. */
  cardinality: z.number(),
});
export type LogField = z.infer<typeof LogField>;
