import type { RedactionRule } from '../../../shared/contract/destinations';
import { compilePart, compileWhole, type PatternFault } from '../../../shared/redaction/compile-pattern';

/** A rule while it is edited: every field of every action, as text. */
export interface RuleDraft {
  /** Of the row, for React. */
  id: number;
  action: RedactionRule['action'];
  keys: string;
  values: string;
  replacement: string;
  enabled: boolean;
}

let nextId = 1;

export function draftOf(rule: RedactionRule): RuleDraft {
  return {
    id: nextId++,
    action: rule.action,
    keys: rule.keys ?? '',
    values: rule.action === 'mask' ? rule.values : '',
    replacement: rule.action === 'mask' ? rule.replacement : '***',
    enabled: rule.enabled,
  };
}

export function ruleOf({ action, keys, values, replacement, enabled }: RuleDraft): RedactionRule {
  if (action !== 'mask') return { action, keys, enabled };
  return { action, ...(keys !== '' && { keys }), values, replacement, enabled };
}

/** What keeps a draft from being a rule, by field; empty when nothing does. */
export function checkRule(draft: RuleDraft): { keys?: string; values?: string } {
  const problems: { keys?: string; values?: string } = {};
  if (draft.keys !== '') {
    const fault = faultOf(compileWhole(draft.keys));
    if (fault) problems.keys = fault;
  } else if (draft.action !== 'mask') problems.keys = 'Name the attributes.';
  if (draft.action === 'mask') {
    const fault = draft.values === '' ? 'Say what to mask.' : faultOf(compilePart(draft.values));
    if (fault) problems.values = fault;
  }
  return problems;
}

export function isSameRules(drafts: readonly RuleDraft[], rules: readonly RedactionRule[]): boolean {
  return JSON.stringify(drafts.map(ruleOf)) === JSON.stringify(rules.map((rule) => ruleOf(draftOf(rule))));
}

function faultOf(compiled: ReturnType<typeof compilePart>): string | null {
  return 'reason' in compiled ? sentence(compiled) : null;
}

function sentence({ reason, part }: PatternFault): string {
  return part ? `Not a pattern: ${reason} at ${part}` : `Not a pattern: ${reason}`;
}
