import type { Ahead } from '../../ahead/look-ahead';
import type { StoreReader } from '../../store/reader/reader';
import { TraceBlocks } from './trace-blocks';

/** Notes which blocks of rows may hold which traces, before anybody asks for one. */
export function tracesAhead(reader: StoreReader): Ahead {
  return (signal) => TraceBlocks.of(reader).lookAhead(signal);
}
