import { describe, expect, it } from 'vitest';
import { checkRule, draftOf, isSameRules, ruleOf } from './redaction-draft';

const mask = { action: 'mask', values: 'a+', replacement: '-', enabled: true } as const;

describe('a rule that is edited', () => {
  it('comes back as it was', () => {
    const drop = { action: 'drop', keys: 'user\\..*', enabled: false } as const;
    expect([mask, drop].map((rule) => ruleOf(draftOf(rule)))).toEqual([mask, drop]);
    expect(isSameRules([draftOf(mask)], [mask])).toBe(true);
    expect(isSameRules([draftOf(mask)], [drop])).toBe(false);
  });

  it('names no attributes when the field is empty, so that it goes for all of them', () => {
    expect(ruleOf({ ...draftOf(mask), keys: '' })).not.toHaveProperty('keys');
  });
});

describe('checkRule', () => {
  it('takes RE2, with flags that JavaScript does not know', () => {
    expect(checkRule({ ...draftOf(mask), values: '(?i)bearer .*' })).toEqual({});
  });

  it('refuses what RE2 refuses', () => {
    expect(checkRule({ ...draftOf(mask), values: '(?=a)' }).values).toMatch(/^Not a pattern: /);
    expect(checkRule({ ...draftOf(mask), keys: '(', values: 'a' }).keys).toMatch(/^Not a pattern: /);
  });

  it('asks for what is missing', () => {
    expect(checkRule({ ...draftOf(mask), action: 'drop', keys: '' })).toEqual({ keys: 'Name the attributes.' });
    expect(checkRule({ ...draftOf(mask), values: '' })).toEqual({ values: 'Say what to mask.' });
  });
});
