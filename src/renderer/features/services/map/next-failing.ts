import type { MapNode } from './make-graph';

/** Id of the service of which most fails, or of the one after `current`; undefined where nothing fails. */
export function nextFailing(nodes: readonly MapNode[], current: string | null | undefined): string | undefined {
  const failing = nodes
    .flatMap(({ id, activity }) => {
      if (!activity) return [];
      const { requests, failedRequests, spans, errorSpans } = activity;
      const share = requests > 0 ? failedRequests / requests : errorSpans / Math.max(1, spans);
      return share > 0 ? [{ id, share }] : [];
    })
    .sort((a, b) => b.share - a.share);
  const at = failing.findIndex(({ id }) => id === current);
  return failing[(at + 1) % Math.max(1, failing.length)]?.id;
}
