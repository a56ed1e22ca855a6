import type { Half } from '../../../shared/findings/call-halves';
import { lookAtTrace, type TraceLook } from '../../../shared/findings/look-at-trace';
import type { DurationSample } from '../../../shared/run-summary/duration-tally';
import type { LineFacts } from '../../../shared/shapes/span-facts';
import { requestOf, type TraceView } from '../../../shared/shapes/trace-view';

/** A trace that was looked at, kept until more of it comes. */
export interface FollowedTrace {
  readonly look: Omit<TraceLook, 'halves'>;
  readonly halves: readonly Half[];
  readonly spans: number;
  /** Of its id. */
  readonly lowerHalf: bigint;
  /** When the last of its spans began, Unix nanoseconds. */
  readonly lastNs: bigint;
  /** What began with it; durations that are known. */
  readonly requests: readonly { readonly request: string; readonly duration: DurationSample | null }[];
}

export function followTrace(view: TraceView, lines: readonly LineFacts[]): FollowedTrace {
  const { nodes, startNs } = view.layout;
  const requests = nodes.flatMap(({ parent, span: { spanId, startNs: start, durationNs, timing } }, position) => {
    if (parent !== -1) return [];
    const duration = timing === undefined ? { spanId, startNs: start, durationNs } : null;
    return [{ request: requestOf(view, position), duration }];
  });
  const last = nodes.reduce((latest, { start }) => Math.max(latest, start), 0);
  // Its halves are made here: the function that makes them would keep the whole trace.
  const { halves, ...look } = lookAtTrace(view, lines);
  return {
    look,
    halves: halves(),
    spans: nodes.length,
    lowerHalf: BigInt(`0x${look.traceId.slice(16)}`),
    lastNs: BigInt(startNs) + BigInt(last),
    requests,
  };
}
