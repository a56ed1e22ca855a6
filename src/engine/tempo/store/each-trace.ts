import type { StoreReader } from '../../store/reader/reader';
import type { LoadOptions } from './load-spans';
import { loadTraces } from './load-traces';
import type { LoadedTrace } from './loaded-trace';
import type { TraceId } from './trace-id';

/** Of the traces that are in memory together. */
const SPANS_AT_ONCE = 50_000;

/** Whole traces by id, in the order asked for, few at a time where they are large. */
export async function* eachTrace(
  reader: StoreReader,
  ids: readonly TraceId[],
  options: LoadOptions,
): AsyncGenerator<LoadedTrace> {
  const loaded = await loadTraces(reader, ids, { ...options, mostSpans: SPANS_AT_ONCE });
  if (loaded !== 'too many') {
    yield* loaded;
    return;
  }
  const half = ids.length >>> 1;
  yield* eachTrace(reader, ids.slice(0, half), options);
  yield* eachTrace(reader, ids.slice(half), options);
}
