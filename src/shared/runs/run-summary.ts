import { z } from 'zod';
import { Finding } from './finding';
import { RunIdentity } from './run';

const Kind = z.enum(['unspecified', 'internal', 'server', 'client', 'producer', 'consumer']);

const mostSamples = 100;

/** A schema for each would take most of the time of a large summary, which has 200,000. */
const Samples = z.custom<number[]>().superRefine((value: unknown, { addIssue }) => {
  if (!Array.isArray(value)) return addIssue({ code: 'custom', message: 'Invalid input: expected array' });
  if (value.length > mostSamples) addIssue({ code: 'custom', message: `Too many: expected at most ${mostSamples}` });
  const wrong = value.findIndex((each) => typeof each !== 'number' || !Number.isFinite(each));
  if (wrong !== -1) addIssue({ code: 'custom', path: [wrong], message: 'Invalid input: expected number' });
});

/** Durations of one shape, nanoseconds. */
export const Durations = z.object({
  totalNs: z.number(),
  p50Ns: z.number(),
  p95Ns: z.number(),
  maxNs: z.number(),
  /** In order of their starts, at most 100: the first 10, and others spread evenly over the rest. */
  samples: Samples,
});
export type Durations = z.infer<typeof Durations>;

/** All spans of a run that are of one service, kind and normalised name below the same parent in the same kind of request. */
export const SpanShape = z.object({
  /** The trace's root: `service name`, normalised; the run's own span is no root. */
  request: z.string(),
  /** `service kind name` of the parent; empty for the root itself. */
  parent: z.string(),
  service: z.string(),
  kind: Kind,
  name: z.string(),
  count: z.number(),
  errors: z.number(),
  /** Repeats of a call that had failed. */
  retries: z.number(),
  /** It asks a database. */
  query: z.boolean(),
  durations: Durations,
  /** Traces that have it, at most 3: the first, the slowest, one that failed. */
  examples: z.array(z.string()).max(3),
});
export type SpanShape = z.infer<typeof SpanShape>;

/** The traces of one kind of root. */
export const RequestShape = z.object({
  /** As in `SpanShape.request`. */
  request: z.string(),
  count: z.number(),
  /** Of them with a span that failed. */
  errors: z.number(),
  durations: Durations,
});
export type RequestShape = z.infer<typeof RequestShape>;

export const LogTemplate = z.object({
  service: z.string(),
  level: z.string(),
  /** The line with what varies replaced by `<*>`. */
  template: z.string(),
  count: z.number(),
  /** One of the lines, at most 300 characters. */
  example: z.string(),
});
export type LogTemplate = z.infer<typeof LogTemplate>;

/** What a metric of the run came to: the increase of a counter, the last value of a gauge. */
export const MetricFact = z.object({
  service: z.string(),
  name: z.string(),
  type: z.enum(['counter', 'gauge', 'histogram']),
  value: z.number(),
});
export type MetricFact = z.infer<typeof MetricFact>;

/** What a summary may have in part only: what it says of it is then no more than the least. */
export const CutPart = z.enum(['traces', 'lines', 'requests', 'shapes', 'templates', 'metrics', 'retries', 'findings']);
export type CutPart = z.infer<typeof CutPart>;

/** What a run's telemetry comes to. Lists are sorted by their texts, so that two summaries of one thing are equal. */
export const RunTelemetry = z.object({
  traces: z.number(),
  spans: z.number(),
  errorSpans: z.number(),
  services: z.array(
    z.object({
      name: z.string(),
      spans: z.number(),
      errorSpans: z.number(),
      logs: z.number(),
      errorLogs: z.number(),
      metrics: z.number(),
    }),
  ),
  requests: z.array(RequestShape),
  shapes: z.array(SpanShape),
  templates: z.array(LogTemplate),
  metrics: z.array(MetricFact),
  findings: z.array(Finding),
  /** What is not in here, because there is too much of it or it could not be asked for: a sentence each. */
  leftOut: z.array(z.string()),
  /** What these sentences are about; without it everything is whole. */
  cut: z.array(CutPart).optional(),
});
export type RunTelemetry = z.infer<typeof RunTelemetry>;

/** Kept for each run, and written to files that people commit. */
export const RunSummary = z.object({
  /** Of this format. */
  version: z.literal(1),
  run: RunIdentity,
  telemetry: RunTelemetry,
});
export type RunSummary = z.infer<typeof RunSummary>;
