import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { RedactionRule } from '../contract/destinations';
import type { AttributeValue } from './attribute-value';
import { compileRedaction, type Redaction } from './compile-redaction';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const rule = (fields: object) => RedactionRule.parse(fields);

function compile(...rules: object[]): Redaction {
  const compiled = compileRedaction(rules.map(rule), sha256);
  if ('kind' in compiled) throw new Error(compiled.message);
  return compiled;
}

/** `pass` where no rule concerns the name. */
function redact(redaction: Redaction, key: string, value: AttributeValue) {
  const apply = redaction.ofAttribute(key);
  return apply ? apply(value) : 'pass';
}

describe('compileRedaction', () => {
  it('drops attributes whose whole name matches, whatever they hold', () => {
    const redaction = compile({ action: 'drop', keys: 'http\\.request\\.header\\..*|user' });
    expect(redact(redaction, 'http.request.header.cookie', 'a')).toBeUndefined();
    expect(redact(redaction, 'user', [1, 'b'])).toBeUndefined();
    expect(redact(redaction, 'user.id', 1)).toBe('pass');
    expect(redact(redaction, 'superuser', 1)).toBe('pass');
  });

  it('anchors a name around all alternatives and takes flags', () => {
    const redaction = compile({ action: 'drop', keys: '(?i)a|ab' });
    expect(redact(redaction, 'AB', 1)).toBeUndefined();
    expect(redact(redaction, 'abc', 1)).toBe('pass');
    expect(redact(redaction, 'a\n', 1)).toBe('pass');
  });

  it('hashes the text of a value as SHA-256 in hex, so that nothing of that name leaves in clear', () => {
    const redaction = compile({ action: 'hash', keys: 'id' });
    expect(redact(redaction, 'id', 'alice')).toBe(sha256('alice'));
    expect(redact(redaction, 'id', '')).toBe(sha256(''));
    expect(redact(redaction, 'id', 42)).toBe(sha256('42'));
    expect(redact(redaction, 'id', 9007199254740993n)).toBe(sha256('9007199254740993'));
    expect(redact(redaction, 'id', 0.25)).toBe(sha256('0.25'));
    expect(redact(redaction, 'id', true)).toBe(sha256('true'));
    expect(redact(redaction, 'id', ['a', 1n])).toBe(sha256('["a","1"]'));
    expect(redact(redaction, 'id', { a: new Uint8Array([1, 2]) })).toBe(sha256('{"a":"AQI="}'));
  });

  it('masks the matching part of strings and of log lines, and leaves other values as they came', () => {
    const redaction = compile({ action: 'mask', values: '\\b\\d{4}\\b', replacement: '####' });
    expect(redact(redaction, 'any', 'card 1234 5678.')).toBe('card #### ####.');
    expect(redact(redaction, 'any', 1234)).toBe(1234);
    expect(redact(redaction, 'any', ['1234'])).toEqual(['1234']);
    expect(redaction.ofLogLine?.('pin 0000 é😀 1111')).toBe('pin #### é😀 ####');
    expect(redaction.ofLogLine?.('nothing')).toBe('nothing');
  });

  it('masks only the named attributes where names are given, and no log line', () => {
    const redaction = compile({ action: 'mask', keys: 'url\\..*', values: 'token=[^&]*' });
    expect(redact(redaction, 'url.query', 'a=1&token=s3cret&b=2')).toBe('a=1&***&b=2');
    expect(redact(redaction, 'http.url', 'token=s3cret')).toBe('pass');
    expect(redaction.ofLogLine).toBeNull();
  });

  it('takes the replacement literally', () => {
    const redaction = compile({ action: 'mask', values: '(a)(b)', replacement: '$1\\2$' });
    expect(redaction.ofLogLine?.('-ab-')).toBe('-$1\\2$-');
    expect(compile({ action: 'mask', values: 'ab', replacement: '' }).ofLogLine?.('ab')).toBe('');
  });

  it('applies rules in their order, each to what the one before it left', () => {
    const redaction = compile(
      { action: 'mask', values: 'alice', replacement: 'bob' },
      { action: 'hash', keys: 'user' },
      { action: 'mask', values: 'bob', replacement: 'eve' },
    );
    expect(redact(redaction, 'user', 'alice')).toBe(sha256('bob'));
    expect(redaction.ofLogLine?.('alice')).toBe('eve');
  });

  it('leaves out rules that are switched off', () => {
    const redaction = compile({ action: 'drop', keys: '.*', enabled: false });
    expect(redact(redaction, 'any', 1)).toBe('pass');
    expect(redaction.ofLogLine).toBeNull();
  });

  it('decides rightly for more names than it remembers', () => {
    const redaction = compile({ action: 'drop', keys: 'k.*7' });
    for (let index = 0; index < 25_000; index++) {
      expect(redact(redaction, `k${index}`, 1)).toBe(String(index).endsWith('7') ? undefined : 'pass');
    }
    expect(redact(redaction, 'k7', 1)).toBeUndefined();
  });

  it.each([
    [
      [
        { action: 'drop', keys: 'ok' },
        { action: 'drop', keys: 'a(b' },
      ],
      /^Rule 2 \(drop\): keys .*missing closing \)/,
    ],
    [[{ action: 'mask', values: 'x[z-a]' }], /^Rule 1 \(mask\): values .*range at character 3 \("z-a"\)/],
    [[{ action: 'hash', keys: 'a)|(b' }], /^Rule 1 \(hash\): keys .*unexpected \)/],
    [[{ action: 'hash', keys: '\\Qopen' }], /^Rule 1 \(hash\): keys/],
    [[{ action: 'mask', values: '(?=x)' }], /Perl syntax at character 1/],
    [[{ action: 'mask', values: 'x*' }], /matches empty text/],
    [[{ action: 'mask', keys: '*', values: 'x' }], /^Rule 1 \(mask\): keys/],
  ])('names the rule and the place of a bad pattern: %j', (rules, message) => {
    expect(compileRedaction(rules.map(rule), sha256)).toMatchObject({
      kind: 'redaction-rule-invalid',
      message: expect.stringMatching(message),
      hint: expect.stringContaining('RE2'),
    });
  });

  it('refuses a pattern that finds nothing but a place between characters', () => {
    expect(compileRedaction([rule({ action: 'mask', values: '\\b' })], sha256)).toHaveProperty('kind');
  });
});
