import { groupBy } from '../group-by';
import type { RunTelemetry, SpanShape } from '../runs/run-summary';
import { labelOfShape } from './index-shapes';

/** As `RunDiff.matched`: 1 where neither has a span. */
export function shareMatched(before: RunTelemetry, after: RunTelemetry): number {
  const [was, is] = [weights(before), weights(after)];
  let all = 0;
  let matched = 0;
  for (const [own, other] of [
    [was, is],
    [is, was],
  ] as const)
    for (const [label, weight] of own) {
      all += weight;
      if (other.has(label)) matched += weight;
    }
  return all === 0 ? 1 : matched / all;
}

function weights({ shapes, requests }: RunTelemetry): Map<string, number> {
  const counts = new Map(requests.map(({ request, count }) => [request, count]));
  const weigh = ({ request, count }: SpanShape) => Math.min(count, counts.get(request) ?? count);
  return new Map([...groupBy(shapes, labelOfShape)].map(([label, group]) => [label, Math.max(...group.map(weigh))]));
}
