import type { Pace } from '../../pace/pace';
import type { StoredResource, StoredScope } from '../../store/reader/reader';
import type { LoadedSpan, LoadedTrace } from '../store/loaded-trace';

/** Finding the group of one span, in units of `Pace.isDueAfter`. */
const GROUPED = 20;

export interface ResourceGroup {
  readonly resource: StoredResource | undefined;
  readonly scopes: readonly { readonly scope: StoredScope | undefined; readonly spans: readonly LoadedSpan[] }[];
}

/** The spans of a trace by their resource, and within it by their scope, as OTLP groups them. */
export async function groupSpans(trace: LoadedTrace, pace: Pace): Promise<ResourceGroup[]> {
  const groups = new Map<number, Map<number, LoadedSpan[]>>();
  for (const span of trace.spans) {
    const byScope = groups.get(span.resource?.id ?? 0) ?? new Map<number, LoadedSpan[]>();
    groups.set(span.resource?.id ?? 0, byScope);
    const spans = byScope.get(span.scope?.id ?? 0);
    if (spans) spans.push(span);
    else byScope.set(span.scope?.id ?? 0, [span]);
    if (pace.isDueAfter(GROUPED)) await pace.turn();
  }
  return Array.from(groups.values(), (byScope) => ({
    resource: [...byScope.values()][0]?.[0]?.resource,
    scopes: Array.from(byScope.values(), (spans) => ({ scope: spans[0]?.scope, spans })),
  }));
}
