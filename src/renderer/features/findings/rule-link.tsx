import type { FindingRule } from '../../../shared/runs/finding';
import { Badge } from '../../ui/marks/badge';
import { nameRule } from './name-rule';

/** The name of a rule. */
export function RuleLink({ rule }: { rule: FindingRule }) {
  return <Badge>{nameRule(rule)}</Badge>;
}
