/** More spans than these are slow to send and to look at: of a larger trace a reader has a part, and says so. */
const mostSpans = 20_000;

/** The input of `traces.get`, as whoever shows one trace asks for it. */
export function traceInput(traceId: string) {
  return { traceId, mostSpans };
}
