import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineKey, templateOf } from './normalize-line';

const key = (line: string) => {
  const text = new TextEncoder().encode(line);
  return lineKey(text, 0, text.length);
};

describe('the key of a line', () => {
  it.each([
    ['order 17 took 12ms for user123', 'order 93 took 87ms for user456'],
    ['id a50e8400-e29b-41d4-a716-446655440000 gone', 'id bba7b810-9dad-11d1-80b4-00c04fd430c8 gone'],
    ['at 2026-11-30T15:04:05.123Z ok', 'at 2026-11-29T16:04:59.007Z ok'],
    ['hash deadbeef12345678 of 3.75 MB', 'hash a1adf00d87654321 of 9.12 MB'],
    ['{"level":30,"msg":"order 17 saved","user":"ann"}', '{"user":"bob","msg":"order 93 saved","level":40}'],
    ['waited 123µs', 'waited 987µs'],
  ])('is one for lines that differ in values alone: %s', (one, other) => {
    expect(templateOf(one)).toBe(templateOf(other));
    expect(key(one)).toBe(key(other));
  });

  it('tells lines apart that another template has', () => {
    for (const [one, other] of [
      ['GET / HTTP/1.1 200', 'GET / HTTP/2.0 200'],
      ['uses sha256', 'uses sha512'],
      ['api v1 called', 'api v2 called'],
      ['user ann', 'user bob'],
      ['{"msg":"a b"}', '{"msg":"a c"}'],
    ] as const) {
      expect(templateOf(one)).not.toBe(templateOf(other));
      expect(key(one)).not.toBe(key(other));
    }
  });

  it('is not given for JSON that only a parser can read', () => {
    for (const line of ['{"msg":"a \\"b\\""}', '{"x":1}', '{"msg":"a"} {}', '{msg:"a"}', '{}'])
      expect(key(line)).toBeUndefined();
  });

  it('never joins lines of two templates', () => {
    const digits = fc.stringMatching(/^\d{1,12}$/);
    const hex = fc.stringMatching(/^[0-9a-f]{3,14}$/);
    const kinds: fc.Arbitrary<string>[] = [
      ...[digits, hex, fc.stringMatching(/^[a-z]{1,3}\d{1,4}$/), fc.stringMatching(/^\d{1,4}[a-zµ]{1,3}$/)],
      ...[fc.uuid(), fc.ipV4(), fc.constantFrom('HTTP/1.1', 'http/2', 'HTTP/1.0'), fc.constantFrom('status=', 'x=')],
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString().replace('T', date.getTime() % 2 ? ' ' : 'T')),
      fc.constantFrom('order', 'took', 'ms', '"', 'a@b.example', 'http://x1/', '/tmp/x1', '/a/17/b'),
    ];
    const glue = fc.constantFrom(' ', '', ':', '-', '.', ',', ', ', '/', '_', '=', '@', '[', ']', '\t');
    // Two lines of one form: their keys are the same where their values are of one kind.
    const parts = fc.tuple(fc.oneof(...kinds.map((kind) => fc.tuple(kind, kind))), glue);
    const pairs = fc.array(parts, { minLength: 1, maxLength: 4 });
    let same = 0;
    fc.assert(
      fc.property(pairs, (words) => {
        const [one, other] = [0, 1].map((side) => words.map(([values, between]) => values[side] + between).join(''));
        if (one === other || key(one!) === undefined || key(one!) !== key(other!)) return;
        same++;
        expect(templateOf(one!)).toBe(templateOf(other!));
      }),
      { numRuns: 2000, seed: 14 },
    );
    expect(same).toBeGreaterThan(50);
  });
});
