import type { Ahead } from '../../ahead/look-ahead';
import type { StoreReader } from '../../store/reader/reader';
import { MinedLines } from './mined-lines';

/** Finds the patterns of lines before anybody asks for them. */
export function patternsAhead(reader: StoreReader): Ahead {
  return (signal) => MinedLines.of(reader).lookAhead(signal);
}
