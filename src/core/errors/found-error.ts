import type { ErrorOccurrence } from '../../shared/contract/errors';
import type { ErrorKey } from '../../shared/errors/error-key';

/** An error that was found by a search, and of which group it is. */
export interface FoundError {
  readonly key: ErrorKey;
  readonly occurrence: ErrorOccurrence;
}
