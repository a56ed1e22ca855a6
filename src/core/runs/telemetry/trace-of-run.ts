import type { Trace } from '../../../shared/contract/telemetry';
import { runAttributes } from '../../../shared/runs/run-attributes';
import type { TraceFacts } from '../../../shared/shapes/span-facts';

/** The spans of a trace that are of the run; `foreign` is told the ids of the others. Null: all are. */
export function traceOfRun(trace: Trace, runId: string | null, foreign: (spanId: string) => void): TraceFacts {
  if (runId === null) return trace;
  const own = new Set(
    trace.resources.flatMap(({ attributes }, index) =>
      attributes.some(({ key, value }) => key === runAttributes.id && value === runId) ? [index] : [],
    ),
  );
  const spans = trace.spans.filter(({ resource, spanId }) => {
    if (own.has(resource)) return true;
    foreign(spanId);
    return false;
  });
  return { traceId: trace.traceId, spans };
}
