import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { Facets } from './facets';
import { LogField, LogPatterns } from './log-patterns';

/** Unix milliseconds, both ends; `from` < `to`. */
export const TimeWindow = z.object({ from: z.number(), to: z.number() });
export type TimeWindow = z.infer<typeof TimeWindow>;

/** Nanoseconds since 1970 as decimal digits: does not fit a JavaScript number. */
const Nanos = z.string().regex(/^\d+$/);

/** Value of an attribute, as JSON; 64-bit integers beyond 2^53 and bytes (base64) are strings. */
const AttributeValue = z.json();
export const Attribute = z.object({ key: z.string(), value: AttributeValue });
export type Attribute = z.infer<typeof Attribute>;

export const TraceSummary = z.object({
  traceId: z.string(),
  /** Empty while the root span has not come. */
  rootService: z.string(),
  rootName: z.string(),
  startNs: Nanos,
  durationNs: z.number(),
  spanCount: z.number(),
  errorCount: z.number(),
  services: z.array(z.object({ name: z.string(), spans: z.number(), errors: z.number() })),
  /** Attributes that the query names or selects, with their values in the matched spans; a live tail tells none. */
  selected: z.record(z.string(), z.string()).optional(),
});
export type TraceSummary = z.infer<typeof TraceSummary>;

/** A span that a search matched, with the attributes that were asked for and those that the query names. */
export const MatchedSpan = z.object({
  spanId: z.string(),
  name: z.string(),
  service: z.string(),
  failed: z.boolean(),
  startNs: Nanos,
  durationNs: z.number(),
  attributes: z.array(Attribute),
});
export type MatchedSpan = z.infer<typeof MatchedSpan>;

/** Why a span's times are not its own: no start, no end yet, neither, an end before the start, or times that cannot be right. */
export const SpanTiming = z.enum(['noStart', 'unfinished', 'noTimes', 'endsBeforeStart', 'farOff']);
export type SpanTiming = z.infer<typeof SpanTiming>;

/** How many of each the sender, or the limits of the backend, left out. */
const Dropped = z.object({ attributes: z.number(), events: z.number(), links: z.number() });

export const Span = z.object({
  /** A further span of the same id has a mark behind it: `ID#2`. */
  spanId: z.string(),
  /** Empty for a root. */
  parentSpanId: z.string(),
  name: z.string(),
  service: z.string(),
  kind: z.enum(['unspecified', 'internal', 'server', 'client', 'producer', 'consumer']),
  status: z.object({ code: z.enum(['unset', 'ok', 'error']), message: z.string() }),
  /** Where the span stands in its trace, which is its start where that is known. */
  startNs: Nanos,
  /** 0 where it is not known. */
  durationNs: z.number(),
  /** Left out where both times are known; `sent` are then the times as they came, 0 for none. */
  timing: SpanTiming.optional(),
  sent: z.object({ startNs: Nanos, endNs: Nanos }).optional(),
  dropped: Dropped.optional(),
  attributes: z.array(Attribute),
  /** Index into `Trace.resources`. */
  resource: z.number(),
  scope: z.object({ name: z.string(), version: z.string() }),
  events: z.array(
    z.object({ timeNs: Nanos, name: z.string(), attributes: z.array(Attribute), dropped: z.number().optional() }),
  ),
  links: z.array(z.object({ traceId: z.string(), spanId: z.string(), attributes: z.array(Attribute) })),
});
export type Span = z.infer<typeof Span>;

export const Trace = z.object({
  traceId: z.string(),
  resources: z.array(z.object({ attributes: z.array(Attribute) })),
  /** By start time. */
  spans: z.array(Span),
  /** How many spans the trace has, where these are not all: they are those nearest to its roots. */
  total: z.number().optional(),
});
export type Trace = z.infer<typeof Trace>;

export const LogRecord = z.object({
  timeNs: Nanos,
  line: z.string(),
  /** Lower-case level: trace, debug, info, warn, error, critical, fatal, or unknown. */
  level: z.string(),
  service: z.string(),
  traceId: z.string().optional(),
  spanId: z.string().optional(),
  /** Stream labels and structured metadata, as Loki names them. */
  labels: z.record(z.string(), z.string()),
});
export type LogRecord = z.infer<typeof LogRecord>;

/** `values` are [Unix seconds, sample]; NaN and infinities come as strings as in Prometheus. */
/** A native histogram as Prometheus' API tells it: numbers as text, buckets from the least values to the greatest. */
export const NativeHistogram = z.object({
  count: z.string(),
  sum: z.string(),
  /** Which bounds belong to a bucket (0 the upper, 1 the lower, 2 none, 3 both), its bounds and its count. */
  buckets: z.array(z.tuple([z.number(), z.string(), z.string(), z.string()])).optional(),
});
export type NativeHistogram = z.infer<typeof NativeHistogram>;

/** Times are Unix seconds. Samples that are histograms stand apart from those that are numbers. */
export const Series = z.object({
  labels: z.record(z.string(), z.string()),
  values: z.array(z.tuple([z.number(), z.string()])),
  histograms: z.array(z.tuple([z.number(), NativeHistogram])).optional(),
});
export type Series = z.infer<typeof Series>;

export const Exemplar = z.object({
  labels: z.record(z.string(), z.string()),
  /** Unix seconds. */
  time: z.number(),
  value: z.number(),
  traceId: z.string().optional(),
});

/** A query the backend refused: `message` is the backend's own, `position` 0-based in the query where known. */
export const queryErrors = {
  QUERY: {
    status: 400,
    message: 'The query was refused.',
    data: z.object({ message: z.string(), position: z.number().optional() }),
  },
  UNAVAILABLE: {
    status: 503,
    message: 'The backend does not answer.',
    data: z.object({ message: z.string(), hint: z.string().optional() }),
  },
} as const;
const query = oc.errors(queryErrors);

const limit = z.number().int().min(1).max(5000);

export const traces = {
  /**
   * Newest first. An empty `query` is `{}`, every trace. `order`: the greatest of the window are wanted in place of the newest; where
   * `ordered` is not told, the backend knows no such order, and these are the newest.
   */
  search: query
    .input(
      z.object({
        query: z.string(),
        window: TimeWindow,
        limit: limit.default(50),
        order: z.enum(['duration', 'spans', 'errors']).optional(),
      }),
    )
    .output(
      z.object({
        traces: z.array(TraceSummary),
        inspectedTraces: z.number().optional(),
        ordered: z.boolean().optional(),
      }),
    ),
  /** The spans of one trace that a query matches, the first of `matched`, with the attributes `fields`, as TraceQL writes them. */
  matchedSpans: query
    .input(
      z.object({
        query: z.string(),
        traceId: z.string().regex(/^[0-9a-fA-F]{1,32}$/),
        window: TimeWindow,
        fields: z.array(z.string().min(1).max(1000)).max(20),
        limit: z.number().int().min(1).max(100).default(20),
      }),
    )
    .output(z.object({ spans: z.array(MatchedSpan), matched: z.number() })),
  /** `mostSpans`: of more spans those nearest to the roots, of the deepest level the failed and the longest. */
  get: query
    .input(z.object({ traceId: z.string(), mostSpans: z.number().int().min(1).max(500_000).optional() }))
    .output(Trace.nullable()),
  /**
   * A trace as one request of OTLP JSON, as other programs read it: every digit as it was stored, ids in hex. Null when no span of it
   * is there. Of a trace that is larger than 64 MiB those nearest to the roots, and how many spans are `leftOut`.
   */
  exportOtlp: query
    .input(z.object({ traceId: z.string() }))
    .output(z.object({ text: z.string(), leftOut: z.number().optional() }).nullable()),
  /**
   * A metrics query of TraceQL over the whole window (`{…} | count_over_time() by (…)`): one value a series, durations in seconds.
   * `cut` is told where there are more series than these.
   */
  aggregate: query.input(z.object({ query: z.string(), window: TimeWindow })).output(
    z.object({
      series: z.array(z.object({ labels: z.array(Attribute), value: z.number() })),
      cut: z.string().optional(),
    }),
  ),
  /**
   * The same over time, in steps of whole seconds to which the window is aligned: `points` are the end of a step, Unix milliseconds, and
   * its value. Steps without a value are left out.
   */
  aggregateRange: query
    .input(z.object({ query: z.string(), window: TimeWindow, step: z.number().int().min(1) }))
    .output(
      z.object({
        series: z.array(z.object({ labels: z.array(Attribute), points: z.array(z.tuple([z.number(), z.number()])) })),
        cut: z.string().optional(),
      }),
    ),
  /** How many of the spans of a query have which values of some fields, written as in TraceQL. An empty `query` is every span. */
  facets: query
    .input(
      z.object({
        query: z.string(),
        window: TimeWindow,
        fields: z.array(z.string().min(1).max(1000)).min(1).max(20),
        limit: z.number().int().min(1).max(500).default(10),
        /** How long the spans of each value took is told, too. */
        durations: z.boolean().default(false),
      }),
    )
    .output(Facets),
  /**
   * Traces touched since the last batch, each with its whole summary so far; a row of a known traceId replaces it.
   * `opened`: the tail begins, or begins anew after a loss; what came before is to be searched for.
   */
  tail: query
    .input(z.object({ query: z.string() }))
    .output(
      eventIterator(
        z.object({ traces: z.array(TraceSummary), dropped: z.number(), opened: z.literal(true).optional() }),
      ),
    ),
  tagNames: query.output(
    z.object({
      resource: z.array(z.string()),
      span: z.array(z.string()),
      intrinsic: z.array(z.string()),
      event: z.array(z.string()).optional(),
      link: z.array(z.string()).optional(),
      instrumentation: z.array(z.string()).optional(),
    }),
  ),
  /** `tag` with its scope, such as `resource.service.name` or `span.http.route`. */
  tagValues: query.input(z.object({ tag: z.string() })).output(z.array(z.string())),
};

export const logs = {
  query: query
    .input(
      z.object({
        query: z.string(),
        window: TimeWindow,
        limit: limit.default(500),
        direction: z.enum(['forward', 'backward']).default('backward'),
      }),
    )
    .output(z.object({ records: z.array(LogRecord) })),
  /**
   * Lines as they come; `opened` as of traces. Each event of either tail has an id: who comes back with the last one as
   * `lastEventId` gets what it missed, and in `dropped` the number of what was too much to keep.
   */
  tail: query
    .input(z.object({ query: z.string() }))
    .output(
      eventIterator(z.object({ records: z.array(LogRecord), dropped: z.number(), opened: z.literal(true).optional() })),
    ),
  /** The lines around one line of the same stream labels, oldest first. */
  context: query
    .input(
      z.object({
        labels: z.record(z.string(), z.string()),
        timeNs: Nanos,
        lines: z.number().int().min(1).max(200).default(20),
      }),
    )
    .output(z.object({ records: z.array(LogRecord) })),
  labels: query.input(z.object({ window: TimeWindow })).output(z.array(z.string())),
  labelValues: query.input(z.object({ label: z.string(), window: TimeWindow })).output(z.array(z.string())),
  /** What the lines of a selection have in common. `against`: held against the same selection in another window. */
  patterns: query
    .input(
      z.object({
        query: z.string(),
        window: TimeWindow,
        step: z.number().int().positive(),
        against: TimeWindow.optional(),
      }),
    )
    .output(LogPatterns),
  /** What the lines of a selection can be filtered by; the newest lines are looked at. */
  fields: query
    .input(z.object({ query: z.string(), window: TimeWindow }))
    .output(z.object({ fields: z.array(LogField), leftOut: z.array(z.string()) })),
  /** The values of one field with how many lines have each, the most frequent first. `total`: lines that have the field. */
  fieldValues: query
    .input(z.object({ query: z.string(), window: TimeWindow, name: z.string(), kind: LogField.shape.kind }))
    .output(
      z.object({
        values: z.array(z.object({ value: z.string(), count: z.number() })),
        total: z.number(),
        leftOut: z.array(z.string()),
      }),
    ),
  /** A metric query of LogQL at the end of the window: one sample a series. */
  aggregate: query
    .input(z.object({ query: z.string(), window: TimeWindow }))
    .output(z.object({ series: z.array(Series) })),
  /** Lines a step by level, for the histogram above the list. `step` in seconds. */
  volume: query
    .input(z.object({ query: z.string(), window: TimeWindow, step: z.number().positive() }))
    .output(z.array(Series)),
};

export const metrics = {
  /** Every metric with a sample in the window; without one, every metric that is kept. */
  names: query
    .input(z.object({ window: TimeWindow.optional() }))
    .output(z.array(z.object({ name: z.string(), type: z.string(), unit: z.string(), help: z.string() }))),
  queryRange: query
    .input(z.object({ query: z.string(), window: TimeWindow, step: z.number().positive() }))
    .output(z.object({ series: z.array(Series), warnings: z.array(z.string()) })),
  query: query
    .input(z.object({ query: z.string(), at: z.number() }))
    .output(z.object({ series: z.array(Series), warnings: z.array(z.string()) })),
  labels: query.input(z.object({ metric: z.string(), window: TimeWindow })).output(z.array(z.string())),
  /** Of the series that a selector matches: each label, how many values it has, and the first 20 of them. */
  labelCounts: query
    .input(z.object({ match: z.string(), window: TimeWindow }))
    .output(z.array(z.object({ label: z.string(), total: z.number(), values: z.array(z.string()) }))),
  /** The values of one label among the series that a selector matches, the first thousand of `total`. */
  labelValues: query
    .input(z.object({ label: z.string(), match: z.string(), window: TimeWindow }))
    .output(z.object({ total: z.number(), values: z.array(z.string()) })),
  exemplars: query.input(z.object({ query: z.string(), window: TimeWindow })).output(z.array(Exemplar)),
};
