import type { YamlFile } from '../yaml/yaml-file';
import { YamlMapping } from '../yaml/yaml-mapping';
import type { Budgets } from './budget';
import { readFindings } from './read-findings';
import { readLogs } from './read-logs';
import { readMetrics } from './read-metrics';
import { readRequests } from './read-requests';
import { readSpans } from './read-spans';
import { readTotals } from './read-totals';

/** What a `watchtower.yaml` expects; what is wrong with it becomes problems of the file. */
export function readBudgets(file: YamlFile): Budgets | undefined {
  const root = YamlMapping.of(file, file.root, '');
  if (!root) return undefined;
  const spans = readSpans(root);
  const budgets = [
    ...readTotals(root),
    ...readRequests(root),
    ...readFindings(root),
    ...spans.budgets,
    ...readLogs(root),
    ...readMetrics(root),
  ];
  root.end();
  if (budgets.length + spans.expectations.length === 0 && file.problems.length === 0)
    root.reportWhole('nothing is expected; write requests, errors, findings, spans, logs, metrics, traces or services');
  return { place: root.place, budgets, expectations: spans.expectations };
}
