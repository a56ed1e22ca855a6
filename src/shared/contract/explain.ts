import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Problem } from '../problem';
import { queryErrors, TimeWindow } from './telemetry';

/** Spans or log lines: what fulfils all that is given. A rectangle of time and duration is a window with two durations. */
export const Population = z.object({
  /** By when a span starts, or a line's time; without one, the run's own, else the last hour. */
  window: TimeWindow.optional(),
  /** TraceQL of one spanset, `{ span.http.route = "/pay" }`; of lines a LogQL selection. Empty: all. */
  query: z.string().max(100_000).optional(),
  /** Spans that failed; lines of a level of error or worse. */
  errors: z.boolean().optional(),
  /** Spans that took at least so long, at most so long, in milliseconds. */
  slowerThanMs: z.number().nonnegative().optional(),
  fasterThanMs: z.number().nonnegative().optional(),
  /** An id or the start of one, a name, `NAME~1`, `last`. */
  run: z.string().min(1).max(200).optional(),
});
export type Population = z.infer<typeof Population>;

/** What a selection is held against. */
export const Against = z.discriminatedUnion('kind', [
  /** Everything else of `of`, or where that is left out, of the selection's window and run. */
  z.object({ kind: z.literal('rest'), of: Population.optional() }),
  /** The same selection in another window. */
  z.object({ kind: z.literal('window'), window: TimeWindow }),
  /** Another selection; what is in both counts to the first. */
  z.object({ kind: z.literal('population'), population: Population }),
]);
export type Against = z.infer<typeof Against>;

export const ExplainInput = z.object({
  signal: z.enum(['traces', 'logs']).default('traces'),
  selection: Population,
  against: Against.default({ kind: 'rest' }),
});
export type ExplainInput = z.infer<typeof ExplainInput>;

/** Where an attribute stands; `intrinsic` are a span's status and kind, a line's level. */
export const AttributePlace = z.enum(['span', 'resource', 'event', 'log', 'intrinsic']);
export type AttributePlace = z.infer<typeof AttributePlace>;

export const ExplainedValue = z.object({
  place: AttributePlace,
  key: z.string(),
  /** Null: that there is no such attribute. At most 300 characters of the value. */
  value: z.string().nullable(),
});
export type ExplainedValue = z.infer<typeof ExplainedValue>;

/** A value that occurs more often, or less often, in the selection than in spans of the same operations (or lines of the same services) else. */
export const Difference = ExplainedValue.extend({
  /** How many of those that were looked at have it. */
  selectionCount: z.number(),
  againstCount: z.number(),
  /** Of the selection, 0 to 1. */
  share: z.number(),
  /** What the share would be if the selection were as that which it is held against, operation by operation; 0 to 1. */
  expected: z.number(),
  /** `share / expected`; null where it occurs in the selection alone. */
  lift: z.number().nullable(),
  /** The probability that chance makes so great a difference, adjusted for all that were tested. */
  chance: z.number(),
  /** Cohen's h, the effect's size: differences stand by it. */
  effect: z.number(),
  /** Other values that say the same of the same spans. */
  same: z.array(ExplainedValue),
  /** How many further values differ only since this one does. */
  follows: z.number(),
  /** Values that follow, those with the greatest effect first; at most three. */
  following: z.array(ExplainedValue),
  /** TraceQL, or LogQL, that finds it; null where the language cannot say it. */
  query: z.string().nullable(),
});
export type Difference = z.infer<typeof Difference>;

/** Durations in nanoseconds; null where none is known. */
const OperationSide = z.object({
  count: z.number(),
  /** Of all spans, or lines, of the population, 0 to 1. */
  share: z.number(),
  errors: z.number(),
  medianNs: z.number().nullable(),
  p95Ns: z.number().nullable(),
});

/** Spans of one name, or lines of one service. */
export const OperationDifference = z.object({
  service: z.string(),
  /** Empty for lines. */
  name: z.string(),
  kind: z.string(),
  selection: OperationSide,
  against: OperationSide,
  /** The greatest of the effects: of its share, of its errors, of its durations; operations stand by it. */
  effect: z.number(),
});
export type OperationDifference = z.infer<typeof OperationDifference>;

export const TemplateDifference = z.object({
  service: z.string(),
  level: z.string(),
  template: z.string(),
  /** One of the lines, at most 300 characters. */
  example: z.string(),
  change: z.enum(['new', 'gone', 'more', 'fewer']),
  /** Lines that were looked at. */
  selectionCount: z.number(),
  againstCount: z.number(),
  /** How many times more often, for as many spans (or lines, or as long a time); null where one side has none. */
  ratio: z.number().nullable(),
  chance: z.number(),
});
export type TemplateDifference = z.infer<typeof TemplateDifference>;

/** A metric of a service whose values in the one window are others than in the other; only where the windows differ. */
export const MetricDifference = z.object({
  service: z.string(),
  name: z.string(),
  /** `level`: the greatest of a gauge's series; `rate`: a counter's increase a second; `mean`: what a histogram's observations are on average. */
  of: z.enum(['level', 'rate', 'mean']),
  /** Medians over parts of either window. */
  selection: z.number(),
  against: z.number(),
  /** `selection / against`; null where that is 0. */
  ratio: z.number().nullable(),
  /** Adjusted for all that were tested. */
  chance: z.number(),
});
export type MetricDifference = z.infer<typeof MetricDifference>;

const Side = z.object({
  /** How many there are; where that could not be counted, those that were looked at. */
  count: z.number(),
  /** How many were looked at. */
  looked: z.number(),
  window: TimeWindow,
});

export const Explanation = z.object({
  signal: z.enum(['traces', 'logs']),
  selection: Side,
  against: Side,
  /**
   * `differs`: something below is no chance. `alike`: nothing is. `too-few`: with so few, not even what is always so could be told
   * from chance.
   */
  verdict: z.enum(['differs', 'alike', 'too-few']),
  operations: z.array(OperationDifference),
  /** Those with the greatest effect first. */
  differences: z.array(Difference),
  /** How it failed, which says nothing of why: status codes, types of errors and exceptions. */
  outcomes: z.array(Difference),
  templates: z.array(TemplateDifference),
  /** Those that changed most first. */
  metrics: z.array(MetricDifference),
  /** Keys of which nearly every value is another: ids, times, addresses. */
  hidden: z.object({ count: z.number(), keys: z.array(z.object({ place: AttributePlace, key: z.string() })) }),
  /** Sentences on what was not looked at, and what was looked at instead. */
  leftOut: z.array(z.string()),
});
export type Explanation = z.infer<typeof Explanation>;

export const explain = {
  /** What differs between two populations of spans or lines, in one call. */
  differences: oc
    .errors({
      ...queryErrors,
      /** No such run, or a population that cannot be asked for: why, and what to do. */
      EXPLAIN: { status: 400, message: 'That cannot be compared.', data: Problem },
    })
    .input(ExplainInput)
    .output(Explanation),
};
