import type { FindingRule } from '../../../shared/runs/finding';

export interface RuleText {
  /** What it looks for. */
  lead: string;
  /** What is told, what is not, how to mend it, when it is meant so. */
  points: { name: string; text: string }[];
}

/** The section of a rule in docs/findings.md; null where there is none. */
export function readRule(document: string, rule: FindingRule): RuleText | null {
  const [, section] = document.split(new RegExp(`^## ${rule}$`, 'm'));
  if (section === undefined) return null;
  const body = section.split(/^## /m)[0] ?? '';
  const points = [...body.matchAll(/^- \*\*(.+?)\*\*: (.+)$/gm)].map(([, name = '', text = '']) => ({ name, text }));
  return { lead: (body.split(/^- /m)[0] ?? '').trim().replace(/\s*\n\s*/g, ' '), points };
}
