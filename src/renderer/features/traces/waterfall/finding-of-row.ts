import type { Finding } from '../../../../shared/runs/finding';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import type { Repeat } from '../../../../shared/trace-paths/find-repeats';
import { nameRule } from '../../findings/name-rule';

/** Hints are many: of those the bar above tells. */
export function findingOfSpan(spanId: string, findings: ReadonlyMap<string, readonly Finding[]>): string | undefined {
  const problems = findings.get(spanId)?.filter(({ severity }) => severity === 'problem') ?? [];
  return problems.length === 0 ? undefined : problems.map(({ sentence }) => sentence).join('\n');
}

/** What is found of the siblings themselves, such as that they are too many. */
export function findingOfRepeat(
  { positions }: Repeat,
  { nodes }: TraceLayout,
  findings: ReadonlyMap<string, readonly Finding[]>,
): { name: string; sentence: string } | undefined {
  if (findings.size === 0) return undefined;
  const found = new Set(positions.flatMap((position) => findings.get(nodes[position]!.span.spanId) ?? []));
  const told = [...found].sort((a, b) => rank(a) - rank(b));
  const [first] = told;
  return first && { name: nameRule(first.rule), sentence: told.map(({ sentence }) => sentence).join('\n') };
}

/** What is about the number of them comes first. */
function rank({ rule, severity }: Finding): number {
  const many = /n-plus-one|fan-out|retry|duplicate/.test(rule);
  return (many ? 0 : 2) + (severity === 'problem' ? 0 : 1);
}
