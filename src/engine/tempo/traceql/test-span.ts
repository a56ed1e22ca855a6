import type { LoadedSpan } from '../store/loaded-trace';

/** A span of one nanosecond without a name, parent or attribute, but for what is given. */
export function testSpan(fields: Partial<LoadedSpan>): LoadedSpan {
  return {
    seq: 1n,
    spanId: 1n,
    parentId: 0n,
    startNs: 1n,
    times: 0,
    sentStartNs: 1n,
    sentEndNs: 2n,
    durationNs: 1,
    name: '',
    kind: 1,
    status: 0,
    statusMessage: '',
    traceState: '',
    flags: 0,
    resource: undefined,
    scope: undefined,
    attributes: [],
    events: [],
    links: [],
    dropped: { attributes: 0, events: 0, links: 0 },
    ...fields,
  };
}
