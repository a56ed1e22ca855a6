import { z } from 'zod';

/** Deterministic rules over traces and logs; each is explained in docs/findings.md. */
export const FindingRule = z.enum([
  'n-plus-one-queries',
  'm-n-plus-one-queries',
  'n-plus-one-calls',
  'sequential-fan-out',
  'retry-storm',
  'handled-error',
  'failing-span',
  'critical-path',
  'duplicate-work',
  'missing-propagation',
  'unclosed-span',
  'unawaited-work',
  'chatty-logs',
  'slow-start',
  'large-payload',
  'many-names',
  'clock-skew',
  'redundant-tool-calls',
]);
export type FindingRule = z.infer<typeof FindingRule>;

/** Where it was seen. */
export const Evidence = z.object({
  traceId: z.string(),
  /** Those that are meant, at most 10. */
  spanIds: z.array(z.string()).max(10),
  /** How many of the repeated thing there were, at least the number of ids. */
  count: z.number(),
  /** Unix nanoseconds as digits, and what it took, nanoseconds. */
  startNs: z.string(),
  durationNs: z.number(),
});
export type Evidence = z.infer<typeof Evidence>;

export const Finding = z.object({
  rule: FindingRule,
  /** The same in every run: of the rule, and the shapes of what is meant. 16 hex digits. */
  fingerprint: z.string(),
  /** `problem` costs or breaks something; `hint` may be meant so. */
  severity: z.enum(['problem', 'hint']),
  service: z.string(),
  /** One sentence: what happened where. Holds names that the telemetry gave. */
  sentence: z.string(),
  /** One sentence: what to do. */
  advice: z.string(),
  /** How often it was seen, and in how many traces. */
  occurrences: z.number(),
  traces: z.number(),
  /** The last run of the name had nothing of the kind. Told in answers, never kept with a run. */
  isNew: z.boolean().optional(),
  /** At most 3, the worst first. */
  evidence: z.array(Evidence).max(3),
});
export type Finding = z.infer<typeof Finding>;
