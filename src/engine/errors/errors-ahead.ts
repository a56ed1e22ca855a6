import type { Ahead } from '../ahead/look-ahead';
import type { StoreReader } from '../store/reader/reader';
import { ErrorsIndex } from './errors-index';

/** Looks for errors before anybody asks for them. */
export function errorsAhead(reader: StoreReader): Ahead {
  return (signal) => ErrorsIndex.of(reader).lookAhead(signal);
}
