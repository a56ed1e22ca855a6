import type { FindingRule } from '../../../shared/runs/finding';

/** A rule as it is spoken of: `N+1 queries`, `Retry storm`. */
export function nameRule(rule: FindingRule): string {
  const words = rule
    .replace(/^m-n-plus-one/, 'M:N+1')
    .replace(/^n-plus-one/, 'N+1')
    .replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
