import type { Trace } from '../../shared/contract/telemetry';
import { chooseNearRoots } from '../../shared/trace/choose-near-roots';

/** Failed spans are worth more than any that lasted long. */
const failedWorth = 1e20;

/** The trace with at most `most` spans, and how many it has where these are not all. */
export function keepNearRoots(trace: Trace, most = Number.POSITIVE_INFINITY): Trace {
  const { spans } = trace;
  if (spans.length <= most) return trace;
  const near = chooseNearRoots(
    {
      ids: spans.map(({ spanId }) => spanId),
      parents: spans.map(({ parentSpanId }) => parentSpanId),
      worth: (at) => spans[at]!.durationNs + (spans[at]!.status.code === 'error' ? failedWorth : 0),
    },
    most,
  );
  return { ...trace, spans: near.map((at) => spans[at]!), total: spans.length };
}
