import type { LogTemplate, RequestShape } from '../runs/run-summary';

/** What rules look at that need a whole run. */
export interface RunFacts {
  readonly requests: readonly RequestShape[];
  readonly templates: readonly LogTemplate[];
}
