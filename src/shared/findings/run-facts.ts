import type { LogTemplate, RequestShape } from '../runs/run-summary';

/** What rules look at that need a whole run. */
export interface RunFacts {
  readonly requests: readonly Pick<RequestShape, 'request' | 'count' | 'durations'>[];
  /** How many there were, also of kinds that are not listed. */
  readonly requestCount: number;
  readonly templates: readonly LogTemplate[];
}
