import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DuckDatabase } from '../../store/duck/duck-database';
import { CommitListeners } from '../../store/reader/commit-listeners';
import type { Database, SpanIndexReader, StoreReader } from '../../store/reader/reader';
import { TABLES } from '../../store/tables/schema';
import { compileQuery } from '../search/read-search-request';
import { KEPT_ROWS } from './kept-blocks';
import { encodeRangeAnswer } from './metrics-answer';
import { queryMetrics } from './query-metrics';

const BLOCK = Number(KEPT_ROWS);
const START_S = 1_760_000_000;
const SECOND = 1_000_000_000n;
const STEP_S = 10;
/** Spans in a second. */
const RATE = 2000;
const { signal } = new AbortController();

const folder = mkdtempSync(join(tmpdir(), 'observe-kept-'));
let database: DuckDatabase;
let statements: string[] = [];

/** Of the rows [from, to) each started when its number says, every thousandth a minute before, and some have no duration. */
async function addSpans(from: number, to: number): Promise<void> {
  await database.run(
    `INSERT INTO spans (seq, trace_hi, trace_lo, start_ns, duration_ns, status, times, resource, name)
     SELECT seq, seq // 8, seq // 8, ${START_S}000000000::UBIGINT + seq * 1000000000 // ${RATE} - (seq % 1000 = 7)::UBIGINT * 60000000000::UBIGINT,
       (seq * 7919 % 50000000 + seq % 3)::UBIGINT, (seq % 20 = 0)::UTINYINT * 2, (seq % 97 = 0)::UTINYINT * 2, seq % 3 + 1, 0
     FROM (SELECT range::UBIGINT AS seq FROM range(${from}, ${to}))`,
  );
}

beforeAll(async () => {
  database = await DuckDatabase.open(join(folder, 'test.duckdb'));
  await database.run(TABLES);
  await addSpans(0, 3 * BLOCK + 1000);
}, 60_000);
afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const recorded: Pick<Database, 'rows' | 'columns'> = {
  rows: (sql, ...rest) => {
    statements.push(sql);
    return database.rows(sql, ...rest);
  },
  columns: (sql, ...rest) => {
    statements.push(sql);
    return database.columns(sql, ...rest);
  },
};
const dictionary = {
  resources: () => new Map([1, 2, 3].map((id) => [id, { id, service: `service-${id}`, attributes: [], dropped: 0 }])),
  strings: async () => new Map(),
  attributes: async () => new Map(),
};

/** Another `opened` has nothing kept. */
function readerOf(opened: object): StoreReader {
  const index = { indexed: () => [], generation: () => ({ spanSeq: 0n, attributeId: 1 }), ...opened };
  const commits = new CommitListeners();
  return {
    database: recorded,
    dictionary,
    commits,
    spanIndex: () => index as SpanIndexReader,
  } as unknown as StoreReader;
}

async function answerOf(reader: StoreReader, text: string, fromS: number, toS: number): Promise<string> {
  const query = compileQuery(text);
  if ('kind' in query || !query.metrics) throw new Error(text);
  const step = BigInt(STEP_S) * SECOND;
  const range = { start: BigInt(fromS) * SECOND, end: BigInt(toS) * SECOND, step };
  const asked = { ...query, metrics: query.metrics };
  const result = await queryMetrics(reader, asked, range, { exemplars: true, signal });
  return encodeRangeAnswer(reader, result, query.metrics, range, { maxSeries: 0, exemplars: 100, signal });
}

const questions = [
  '{} | histogram_over_time(duration)',
  '{} | quantile_over_time(duration, .5, .99)',
  '{} | count_over_time() by (status)',
  '{ status = error } | rate() by (resource.service.name)',
  '{ duration > 20ms } | max_over_time(duration)',
  '{} | min_over_time(duration) by (resource.service.name, status)',
];
/** The first has parts of blocks alone, of which nothing may be kept. */
const windows = [
  [START_S + 20, START_S + 130],
  [START_S - 120, START_S + 400],
  [START_S + 50, START_S + 400],
] as const;

/** Each question over each window, as one that keeps answers and as one that never did. */
async function expectTheSame(reader: StoreReader): Promise<void> {
  for (const text of questions)
    for (const [from, to] of windows) {
      const kept = await answerOf(reader, text, from, to);
      expect(kept, `${text} ${from - START_S}`).toBe(await answerOf(readerOf({}), text, from, to));
      expect(kept).toContain('"samples":[{');
    }
}

test('a question that comes again has the same answer, whatever came, came late or was deleted meanwhile', async () => {
  const reader = readerOf({});
  await expectTheSame(reader);
  await expectTheSame(reader);
  // Fills the open block, with some that started a minute before.
  await addSpans(3 * BLOCK + 1000, 4 * BLOCK + 500);
  await expectTheSame(reader);
  // As a span that is finished takes the place of one without an end.
  await database.run(`DELETE FROM spans WHERE seq IN (${BLOCK + 5}, ${2 * BLOCK - 1})`);
  await expectTheSame(reader);
  await expectTheSame(reader);
  // As retention does.
  await database.run(`DELETE FROM spans WHERE seq < ${BLOCK / 2}`);
  await expectTheSame(reader);
  await addSpans(4 * BLOCK + 500, 5 * BLOCK + 500);
  await expectTheSame(reader);
}, 60_000);

test('only rows behind the blocks that are kept are looked at again', async () => {
  const reader = readerOf({});
  const ask = () => answerOf(reader, questions[0]!, START_S - 120, START_S + 400);
  await ask();
  statements = [];
  await ask();
  const observing = statements.filter((sql) => sql.includes('log2'));
  const from = observing.map((sql) => Number(/s\.seq >= (\d+)/.exec(sql)?.[1]));
  // Some rows of the first two blocks are deleted: these are looked at each time.
  expect(from.filter((seq) => seq >= 2 * BLOCK)).toEqual([5 * BLOCK]);
  expect(statements.some((sql) => sql.includes('trace_hi, trace_lo, start_ns'))).toBe(false);
});
