import { isTransient } from '../describe-error';

/**
 * The error that stands in place of an answer: null where the last answer to this very question stays, since the backend is away and is asked
 * again. What went wrong is said beside it then.
 */
export function errorInstead({ error, data }: { error: unknown; data: unknown }): unknown {
  return data !== undefined && isTransient(error) ? null : error;
}
