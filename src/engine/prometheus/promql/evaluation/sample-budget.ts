import { failExecution } from '../promql-error';

/** Prometheus' default of `--query.max-samples`. */
export const MAX_SAMPLES = 50_000_000;

/** Bounds the samples that an evaluation holds: those read from the store and those of one intermediate result. */
export class SampleBudget {
  #loaded = 0;

  constructor(private readonly limit: number) {}

  load(count: number): void {
    this.#loaded += count;
    this.hold(0);
  }

  hold(count: number): void {
    if (this.#loaded + count > this.limit) {
      failExecution('query processing would load too many samples into memory in query execution');
    }
  }
}
