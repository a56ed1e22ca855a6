import type { Ahead } from '../../ahead/look-ahead';
import type { StoreReader } from '../../store/reader/reader';
import { MinedLines, NEWEST_ROWS } from './mined-lines';

/** Finds the patterns of lines before anybody asks for them, those of so many of the newest rows first. */
export function patternsAhead(reader: StoreReader, newest = NEWEST_ROWS): Ahead {
  return (signal) => MinedLines.of(reader).lookAhead(signal, newest);
}
