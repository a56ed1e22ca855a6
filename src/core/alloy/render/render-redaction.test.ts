import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RedactionRule } from '../../../shared/contract/destinations';
import type { AlloyEntry } from './alloy-text';
import { renderRedaction } from './render-redaction';

/** OTTL's own lexical rule of a string. */
const ottlString = /"(\\.|[^\\"])*"/g;

/** What Alloy reads from an attribute that lists string literals. */
function stringsIn(entries: readonly AlloyEntry[], name: string): string[] {
  const entry = entries.find((each) => 'name' in each && each.name === name);
  if (!entry || !('value' in entry)) return [];
  const literals = entry.value.match(/`[^`]*`|"(\\.|[^\\"])*"/g) ?? [];
  return literals.map((literal) => (literal.startsWith('`') ? literal.slice(1, -1) : (JSON.parse(literal) as string)));
}

function statementsOf(rules: RedactionRule[], context: string): string[] {
  const block = renderRedaction(rules).find(({ body }) => stringsIn(body, 'context')[0] === context);
  return block ? stringsIn(block.body, 'statements') : [];
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.string({ unit: fc.constantFrom('"', '`', '\\', '$', '\n', ')', '(', '%s', 'a', '{{', '//'), minLength: 1 }),
);

describe('renderRedaction', () => {
  it('renders nothing when no rule is enabled', () => {
    expect(renderRedaction([{ action: 'drop', keys: 'a', enabled: false }])).toEqual([]);
  });

  it('covers the attributes of resource, scope, span, event, data point and log record of every signal', () => {
    const places = renderRedaction([{ action: 'drop', keys: 'a', enabled: true }]).map(
      ({ block, body }) => `${block} ${stringsIn(body, 'context')[0]}`,
    );
    expect(places).toEqual([
      'trace_statements resource',
      'trace_statements scope',
      'trace_statements span',
      'trace_statements spanevent',
      'metric_statements resource',
      'metric_statements scope',
      'metric_statements datapoint',
      'log_statements resource',
      'log_statements scope',
      'log_statements log',
    ]);
  });

  it('masks log lines only by a rule without keys', () => {
    const all: RedactionRule = { action: 'mask', values: 'x', replacement: 'y', enabled: true };
    expect(statementsOf([all], 'log')).toContain('replace_pattern(body, "x", "y")');
    expect(statementsOf([{ ...all, keys: 'k' }], 'log').join()).not.toContain('body');
    expect(statementsOf([all], 'span').join()).not.toContain('body');
  });

  it('takes attributes out before it hashes or masks them, so that a failing statement never lets them pass', () => {
    for (const rule of [
      { action: 'hash', keys: 'k', enabled: true },
      { action: 'mask', keys: 'k', values: 'x', replacement: 'y', enabled: true },
    ] as const) {
      const statements = statementsOf([rule], 'span');
      const taken = statements.indexOf('delete_matching_keys(attributes, "\\\\A(?:k)\\\\z")');
      expect(taken).toBe(2);
      expect(
        statements
          .slice(taken + 1)
          .every((each) => /^(replace_all_patterns\(cache|delete_key\(cache|set\(cache|merge_maps\()/.test(each)),
      ).toBe(true);
    }
  });

  it('keeps any pattern and replacement inside of their string literals', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (keys, values, replacement) => {
        const rules: RedactionRule[] = [
          { action: 'drop', keys, enabled: true },
          { action: 'mask', values, replacement, enabled: true },
        ];
        const [drop, mask] = statementsOf(rules, 'span') as [string, string];
        expect(drop.replace(ottlString, '"…"')).toBe('delete_matching_keys(attributes, "…")');
        expect(mask.replace(ottlString, '"…"')).toBe('replace_all_patterns(attributes, "…", "…", "…")');
        const read = (statement: string) =>
          statement.match(ottlString)!.map((literal) => JSON.parse(literal) as string);
        expect(read(drop)).toEqual([`\\A(?:${keys})\\z`]);
        // `$$` is a dollar sign to Go's Expand.
        expect(read(mask)).toEqual(['value', values, replacement.replaceAll('$', '$$$$')]);
      }),
    );
  });
});
