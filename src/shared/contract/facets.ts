import { z } from 'zod';

/** A value of a field, and the spans that have it. */
export const FacetGroup = z.object({
  /** As people read it; null where a span has none. At most 300 characters. */
  value: z.string().nullable(),
  /** TraceQL of the condition, such as `span.http.route = "/pay"`; null where the language cannot say it. */
  condition: z.string().nullable(),
  count: z.number(),
  errors: z.number(),
  /** 95th percentile of the known durations, nanoseconds, to within a tenth; null where none is known, or was asked for. */
  p95Ns: z.number().nullable(),
});
export type FacetGroup = z.infer<typeof FacetGroup>;

export const Facet = z.object({
  /** As TraceQL writes it. */
  field: z.string(),
  /** Those of most spans first. */
  groups: z.array(FacetGroup),
  /** Values beside these, and their spans; `values` is null where they were not counted. */
  others: z.object({ values: z.number().nullable(), spans: z.number() }),
  /** Spans that were looked at: fewer than there are where those are too many. Counts are of these. */
  looked: z.number(),
});
export type Facet = z.infer<typeof Facet>;

export const Facets = z.object({
  /** Spans that match. */
  spans: z.number(),
  facets: z.array(Facet),
});
export type Facets = z.infer<typeof Facets>;
