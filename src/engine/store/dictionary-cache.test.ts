import { expect, it } from 'vitest';
import type { Dictionary } from './dictionary/dictionary';
import { DictionaryCache } from './dictionary-cache';
import type { SeriesTable } from './metrics/series/series-table';
import type { Columns, Database, SqlValue } from './reader/reader';

it('looks very many ids up by several statements, each of which is read in one turn', async () => {
  const asked: number[] = [];
  const database: Database = {
    rows: () => Promise.reject(new Error('not asked')),
    columns: async (_sql: string, [ids]: readonly SqlValue[] = []): Promise<Columns> => {
      const found = JSON.parse(String(ids)) as readonly number[];
      asked.push(found.length);
      return { rowCount: found.length, columns: [Uint32Array.from(found), found.map((id) => `text ${id}`)] };
    },
  };
  const cache = new DictionaryCache({} as Dictionary, {} as SeriesTable).reader(database);
  const ids = Array.from({ length: 70_000 }, (_, i) => i);
  const strings = await cache.strings(ids);
  expect(strings.size).toBe(70_000);
  expect([strings.get(0), strings.get(69_999)]).toEqual(['', 'text 69999']);
  expect(Math.max(...asked)).toBeLessThanOrEqual(16_384);
  asked.length = 0;
  await cache.strings(ids);
  expect(asked).toEqual([]);
});
