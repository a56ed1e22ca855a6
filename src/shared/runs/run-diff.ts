import { z } from 'zod';
import { RunIdentity } from './run';

/** One thing that differs. `worse` may be refused by `--fail-on`; names are those of its options. */
export const RunChange = z.object({
  kind: z.enum([
    'new-errors',
    'fewer-errors',
    'more-retries',
    'fewer-retries',
    'more-queries',
    'fewer-queries',
    'new-span',
    'gone-span',
    'more-spans',
    'fewer-spans',
    'new-log',
    'gone-log',
    'more-logs',
    'fewer-logs',
    'new-findings',
    'mended-findings',
    'slower',
    'faster',
    'metric',
  ]),
  worse: z.boolean(),
  /** One sentence with both values. */
  sentence: z.string(),
  service: z.string(),
  /** As in `SpanShape.request`; empty where it is not of one. */
  request: z.string(),
  /** What is meant: a span's name, a template, a metric, a finding's fingerprint. */
  subject: z.string(),
  /** A number for each request, a count, or nanoseconds; null where the thing is not there. */
  before: z.number().nullable(),
  after: z.number().nullable(),
  /** Of `slower` and `faster`: two-sided, adjusted. */
  p: z.number().optional(),
  /** Trace ids of either. */
  examples: z.object({ before: z.string().optional(), after: z.string().optional() }),
});
export type RunChange = z.infer<typeof RunChange>;

export const RunDiff = z.object({
  before: RunIdentity,
  after: RunIdentity,
  verdict: z.enum(['same', 'different', 'worse', 'incomparable']),
  /**
   * Share of the shapes, each as often as it has requests, whose service, kind and name both have: 0 to 1. Below a half it is
   * `incomparable` unless forced.
   */
  matched: z.number(),
  /**
   * How many times as long everything takes that both have, where that is not the same, as on a machine that is busier: `slower` and
   * `faster` are what stands out beside it.
   */
  pace: z.number().optional(),
  /** What matters most first. */
  changes: z.array(RunChange),
  /** Shapes whose latency is too little known: a sentence such as "too few to judge (3 v 3)". */
  notJudged: z.array(z.string()),
  leftOut: z.array(z.string()),
});
export type RunDiff = z.infer<typeof RunDiff>;
