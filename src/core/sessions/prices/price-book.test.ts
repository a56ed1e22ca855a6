import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PriceBook } from './price-book';
import { type PriceTable, priceOf } from './price-table';
import { shippedPrices } from './shipped-prices';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'watchtower-prices-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const file = () => join(home, 'prices.json');
const tokens = (kinds: Partial<Record<'input' | 'output' | 'cacheRead' | 'cacheCreation', number>>) => ({
  ...{ input: 0, output: 0, cacheRead: 0, cacheCreation: 0 },
  ...kinds,
});

describe('the prices of a home', () => {
  it('are written where none are, and then those that a person wrote', async () => {
    const book = new PriceBook(home);
    expect((await book.read()).told).toMatchObject({ asOf: shippedPrices.asOf, path: file() });
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual(shippedPrices);
    const own = { asOf: '2027-01-02', source: 'mine', models: { local: { input: 0, output: 0 } } };
    writeFileSync(file(), JSON.stringify(own));
    const { table, told } = await book.read();
    expect([table, told.asOf]).toEqual([own, '2027-01-02']);
  });

  it.each([
    ['no JSON', '{', ''],
    ['a price that is none', '{"asOf":"2027-01-02","source":"","models":{"m":{"input":"1","output":1}}}', 'input'],
    [
      'a kind of tokens that is none',
      '{"asOf":"2027-01-02","source":"","models":{"m":{"input":1,"output":1,"cached":1}}}',
      'cached',
    ],
    ['no day', '{"asOf":"soon","source":"","models":{}}', 'asOf'],
  ])('are not used, left as they are and told with the reason where the file has %s', async (_what, text, reason) => {
    writeFileSync(file(), text);
    const { table, told } = await new PriceBook(home).read();
    expect(table).toBeNull();
    expect(told.problem).toContain(file());
    expect(told.problem).toContain(reason);
    expect(readFileSync(file(), 'utf8')).toBe(text);
  });
});

describe('a price', () => {
  const table: PriceTable = {
    ...{ asOf: '2026-07-24', source: '' },
    models: { 'gpt-9': { input: 2, output: 10, cacheRead: 0.5 } },
  };

  it('is of each kind of tokens by itself, a million at a time', () => {
    expect(priceOf(table, 'gpt-9', tokens({ input: 1e6, output: 1e5, cacheRead: 2e6 }))).toBe(2 + 1 + 1);
  });

  it.each(['gpt-9', 'openai/gpt-9', 'GPT-9', 'gpt-9-2026-03-05', 'gpt-9@20260305', 'gpt-9[1m]'])(
    'is found for %s',
    (name) => {
      expect(priceOf(table, name, tokens({ input: 1e6 }))).toBe(2);
    },
  );

  it.each(['gpt-9-mini', 'gpt-9.1', 'gpt', '', '__proto__', 'constructor'])('is not made up for %s', (name) => {
    expect(priceOf(table, name, tokens({ input: 1e6 }))).toBeNull();
  });

  it('is not made up for a kind of tokens that the table has no price of', () => {
    expect(priceOf(table, 'gpt-9', tokens({ input: 1, cacheCreation: 1 }))).toBeNull();
  });
});
