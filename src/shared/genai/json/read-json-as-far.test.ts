import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonTree } from './json-tree';
import { readJsonAsFar } from './read-json-as-far';

function plainOf(tree: JsonTree): unknown {
  switch (tree.kind) {
    case 'object':
      return Object.fromEntries(tree.entries.map(([key, value]) => [key, plainOf(value)]));
    case 'array':
      return tree.items.map(plainOf);
    case 'string':
      return tree.value;
    case 'other':
      return JSON.parse(tree.text);
  }
}

const container = fc
  .oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()))
  .filter((value) => !JSON.stringify(value).includes('__proto__'));

describe('JSON', () => {
  it('that is whole is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(container, (value) => {
        const read = readJsonAsFar(JSON.stringify(value, null, 2));
        expect(read?.whole).toBe(true);
        expect(plainOf(read!.tree)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('that is cut anywhere is read as far as it goes', () => {
    fc.assert(
      fc.property(container, fc.double({ min: 0, max: 1, noNaN: true }), (value, share) => {
        const text = JSON.stringify(value);
        const kept = text.slice(0, Math.max(1, Math.floor(text.length * share)));
        const read = readJsonAsFar(kept);
        expect(read, kept).not.toBeNull();
        expect(read!.whole).toBe(kept.length === text.length);
      }),
    );
  });

  it('that is cut keeps what came before the end', () => {
    const read = readJsonAsFar('[{"role":"user","content":"Hel\\u00');
    expect(read).toMatchObject({ whole: false, tree: { kind: 'array' } });
    expect(plainOf(read!.tree)).toEqual([{ role: 'user', content: 'Hel' }]);
    expect(plainOf(readJsonAsFar('{"a":1,"b":[1,2')!.tree)).toEqual({ a: 1, b: [1, 2] });
    expect(plainOf(readJsonAsFar('{"a":1,"b')!.tree)).toEqual({ a: 1 });
    expect(plainOf(readJsonAsFar('{"a":"x\\\\')!.tree)).toEqual({ a: 'x\\' });
  });

  it('keeps the digits of its numbers, and takes what Python writes', () => {
    expect(readJsonAsFar('[12345678901234567890, NaN, -Infinity, 1.50]')?.tree).toMatchObject({
      items: [{ text: '12345678901234567890' }, { text: 'NaN' }, { text: '-Infinity' }, { text: '1.50' }],
    });
  });

  it('nested without end is no way to stop the reader', () => {
    expect(readJsonAsFar('['.repeat(200_000))).toMatchObject({ whole: false });
    expect(readJsonAsFar(`${'['.repeat(5000)}${']'.repeat(5000)}`)).toMatchObject({ whole: true });
    expect(readJsonAsFar(`["${'\\'.repeat(200_001)}`)).toMatchObject({ whole: false });
  });

  it.each([
    '[INFO] started',
    '{name}',
    '[1] first',
    '{"a":1} and more',
    '{"a" 1}',
    '[1 2]',
    '[,]',
    '{,}',
    "{'a': 1}",
    '[1,]',
  ])('is not what %s is', (text) => {
    expect(readJsonAsFar(text)).toBeNull();
  });
});
