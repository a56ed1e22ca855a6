import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../open-test-store';
import { plainDoubles, plainDoublesSql } from './plain-doubles';

const texts: readonly (readonly [string, string])[] = [
  ['[2.0]', '[2]'],
  ['[2.0,3.0,-10.0]', '[2,3,-10]'],
  [
    '{"price":2.0,"in":{"q":[0.0,-0.0]},"z":100000000000000000000.0}',
    '{"price":2,"in":{"q":[0,-0]},"z":100000000000000000000}',
  ],
  ['[2.5,2.05,1e+21,1e-7,9007199254740993,"NaN"]', '[2.5,2.05,1e+21,1e-7,9007199254740993,"NaN"]'],
  ['["2.0,","1.0]",1.0]', '["2.0,","1.0]",1]'],
  ['{"a 1.0,":"b\\"2.0}","c":3.0}', '{"a 1.0,":"b\\"2.0}","c":3}'],
  ['["\\\\",4.0,"é\\n5.0]"]', '["\\\\",4,"é\\n5.0]"]'],
  ['[]', '[]'],
  [`["${'x\\"'.repeat(200_000)}",7.0]`, `["${'x\\"'.repeat(200_000)}",7]`],
];

describe('plainDoubles', () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await openTestStore();
  });
  afterAll(() => store.close());

  it('takes the fraction from whole doubles outside of texts', () => {
    for (const [exact, plain] of texts) expect(plainDoubles(exact)).toBe(plain);
  });

  it('does the same in SQL', async () => {
    const { database } = store.reader;
    for (const [exact, plain] of texts) {
      const [row] = await database.rows<{ plain: string }>(`SELECT ${plainDoublesSql('$1')} AS plain`, [exact]);
      expect(row!.plain).toBe(plain);
    }
  });
});
