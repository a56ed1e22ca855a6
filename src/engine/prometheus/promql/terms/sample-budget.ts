import { failExecution } from './promql-error';

/** Samples that one query may hold, each of 16 to 33 bytes; Prometheus' own default is 50 million. */
export const MAX_SAMPLES = 20_000_000;

/** Samples that all queries of this process may hold together. */
const MAX_SAMPLES_TOGETHER = 30_000_000;

const TOO_MANY = 'query processing would load too many samples into memory in query execution';
const TOO_MANY_TOGETHER = `${TOO_MANY}: other queries hold most of what there is room for; ask again when they are done, or for a shorter range or a longer step`;

/** What the budgets of one process hold together. */
export class SamplePool {
  held = 0;

  constructor(readonly limit = MAX_SAMPLES_TOGETHER) {}
}

const ofThisProcess = new SamplePool();

/**
 * Bounds the samples that an evaluation holds: those read from the store, the operands that wait for others, and one
 * intermediate result. To be asked before the memory is taken.
 */
export class SampleBudget {
  #held = 0;
  #claimed = 0;

  constructor(
    private readonly limit: number,
    private readonly pool: SamplePool = ofThisProcess,
  ) {}

  get held(): number {
    return this.#held;
  }

  /** The most that was held together. */
  get peak(): number {
    return this.#claimed;
  }

  /** Samples that stay until the query's end. */
  load(count: number): void {
    this.hold(count);
    this.#held += count;
  }

  /** Samples of a result that is about to be made. */
  hold(count: number): void {
    const wanted = this.#held + count;
    if (wanted > this.limit) failExecution(TOO_MANY);
    if (wanted <= this.#claimed) return;
    const more = wanted - this.#claimed;
    if (this.pool.held + more > this.pool.limit) failExecution(TOO_MANY_TOGETHER);
    this.pool.held += more;
    this.#claimed = wanted;
  }

  /** Samples of an operand that stay until they are dropped. */
  keep(count: number): void {
    this.load(count);
  }

  drop(count: number): void {
    this.#held -= count;
  }

  /** To be called when the query is over. */
  release(): void {
    this.pool.held -= this.#claimed;
    this.#claimed = 0;
  }
}
