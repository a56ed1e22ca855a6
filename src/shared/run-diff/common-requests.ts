import type { RunTelemetry } from '../runs/run-summary';

/**
 * How many requests there were of the kinds that both runs have: others, such as calls that lost their caller, say nothing of how
 * much was asked for. One each where there are none.
 */
export function commonRequests(before: RunTelemetry, after: RunTelemetry): { before: number; after: number } {
  const known = new Map(before.requests.map(({ request, count }) => [request, count]));
  let [was, is] = [0, 0];
  for (const { request, count } of after.requests) {
    const other = known.get(request);
    if (other === undefined) continue;
    was += other;
    is += count;
  }
  return was > 0 && is > 0 ? { before: was, after: is } : { before: 1, after: 1 };
}
