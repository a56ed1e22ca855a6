import { expect, it } from 'vitest';
import document from '../../../../docs/findings.md?raw';
import { FindingRule } from '../../../shared/runs/finding';
import { readRule } from './read-rule';

it.each(FindingRule.options)(
  '%s is explained: what is told, what is not, how to mend it, when it is meant so',
  (rule) => {
    const text = readRule(document, rule);
    expect(text?.lead).toMatch(/A (problem|hint)/);
    expect(text?.points.map(({ name }) => name)).toEqual(['Told', 'Not told', 'Mend', 'Meant so']);
  },
);

it('finds nothing of a rule that is not in the document, and keeps to the section', () => {
  expect(
    readRule('## slow-start\n\nLead.\n\n- **Told**: `a`.\n\n## clock-skew\n\n- **Told**: b.', 'slow-start'),
  ).toEqual({
    lead: 'Lead.',
    points: [{ name: 'Told', text: '`a`.' }],
  });
  expect(readRule('# Findings', 'slow-start')).toBeNull();
});
