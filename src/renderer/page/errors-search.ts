import { oneOf, texts } from './page-search';
import { readTimeSearch, type TimeSearch } from './time-window';

export interface ErrorsSearch extends TimeSearch {
  service?: string;
  /** Words of type, message, frame or service. */
  text?: string;
  /** Those alone that are new. */
  fresh?: boolean;
  /** What an error is new against; absent means what was before the window. `mark:NAME` is a mark. */
  against?: 'run' | `mark:${string}`;
  /** Muted ones as well, or they alone; absent means none. */
  muted?: 'show' | 'only';
  /** Absent means the last that occurred first. */
  order?: 'first' | 'count';
  /** A run whose errors alone are meant. */
  run?: string;
  /** Id of the one that is open. */
  error?: string;
}

export function readErrorsSearch(search: Record<string, unknown>): ErrorsSearch {
  const { against } = texts(search, 'against');
  return {
    ...readTimeSearch(search),
    ...texts(search, 'service', 'text', 'run', 'error'),
    ...(search.fresh === true && { fresh: true }),
    ...(against !== undefined && /^(?:run|mark:.+)$/.test(against) && { against: against as 'run' | `mark:${string}` }),
    ...oneOf(search, 'muted', ['show', 'only'] as const),
    ...oneOf(search, 'order', ['first', 'count'] as const),
  };
}
