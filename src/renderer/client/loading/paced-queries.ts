import { type Query, QueryCache, QueryClient, type QueryClientConfig } from '@tanstack/react-query';

/** How much longer than its answer took a question rests: whoever looks on leaves most of the backend to others. */
const restPerWork = 4;

type Interval = number | false | undefined;
type AskedAgain = (query: Query) => Interval;

/** Options are defaulted more than once on their way. */
const paced = new WeakSet<AskedAgain>();

/**
 * Queries that are asked again at their interval, and later than that where the answer took long: a question over very many series
 * or spans would otherwise be asked without end. The first question, and one of other words, waits for nothing.
 */
export class PacedQueries extends QueryClient {
  /** When the question under way began. */
  readonly #began: WeakMap<object, number>;
  /** Milliseconds that the last answer took. */
  readonly #took = new WeakMap<object, number>();

  constructor(config: Omit<QueryClientConfig, 'queryCache'> = {}) {
    const queryCache = new QueryCache();
    super({ ...config, queryCache });
    const began = new WeakMap<object, number>();
    this.#began = began;
    queryCache.subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'fetch') began.set(event.query, performance.now());
    });
  }

  override defaultQueryOptions: QueryClient['defaultQueryOptions'] = (options) => {
    const defaulted = super.defaultQueryOptions(options) as { refetchInterval?: Interval | AskedAgain };
    const asked = defaulted.refetchInterval;
    if (!asked || (typeof asked === 'function' && paced.has(asked))) return defaulted as never;
    const refetchInterval: AskedAgain = (query) => {
      const every = typeof asked === 'function' ? asked(query) : asked;
      return every ? Math.max(every, restPerWork * this.#lastTook(query)) : every;
    };
    paced.add(refetchInterval);
    return { ...defaulted, refetchInterval } as never;
  };

  /** Asked when an answer is there, before the cache tells of it. */
  #lastTook(query: Query): number {
    const began = this.#began.get(query);
    if (began !== undefined && query.state.fetchStatus === 'idle') {
      this.#began.delete(query);
      this.#took.set(query, performance.now() - began);
    }
    return this.#took.get(query) ?? 0;
  }
}
