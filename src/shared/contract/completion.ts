import { oc } from '@orpc/contract';
import { z } from 'zod';
import { queryErrors, TimeWindow } from './telemetry';

const query = oc.errors(queryErrors);

/** Values that contain this, in whatever case; empty for all. */
const contains = z.string().max(1000).default('');
/** At most 2,000; `more`: there are others, to be found by more of their text. */
const values = z.object({ values: z.array(z.string()), more: z.boolean() });

/** What a query editor offers at its caret. */
export const completion = {
  /** `tag` as TraceQL writes it; `type` is that of the values: `string`, `int`, `float`, `bool`, `keyword`. */
  spanValues: query.input(z.object({ tag: z.string(), contains })).output(values.extend({ type: z.string() })),
  logValues: query.input(z.object({ label: z.string(), contains, window: TimeWindow })).output(values),
  /** What is found in the newest lines of a selector beside its labels. */
  logFields: query
    .input(z.object({ query: z.string(), window: TimeWindow }))
    .output(z.array(z.object({ name: z.string(), type: z.string() }))),
  /** Labels of a metric; of all where it is empty. */
  metricLabels: query.input(z.object({ metric: z.string(), window: TimeWindow })).output(z.array(z.string())),
  metricValues: query
    .input(z.object({ metric: z.string(), label: z.string(), contains, window: TimeWindow }))
    .output(values),
};
