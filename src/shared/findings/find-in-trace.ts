import type { Finding } from '../runs/finding';
import type { LineFacts, TraceFacts } from '../shapes/span-facts';
import { viewTrace } from '../shapes/trace-view';
import { FindingCollector } from './finding-collector';
import { lookAtTrace } from './look-at-trace';

/** What is to be found in one trace and its log lines, problems first. `outside` as in `viewTrace`. */
export function findInTrace(
  trace: TraceFacts,
  lines: readonly LineFacts[] = [],
  outside?: ReadonlySet<string>,
): Finding[] {
  const view = viewTrace(trace, outside);
  if (view.layout.nodes.length === 0) return [];
  const collector = new FindingCollector();
  collector.add(lookAtTrace(view, lines));
  const { findings } = collector.finish({ requests: [], requestCount: 0, templates: [] });
  return findings.sort((a, b) => Number(a.severity === 'hint') - Number(b.severity === 'hint'));
}
