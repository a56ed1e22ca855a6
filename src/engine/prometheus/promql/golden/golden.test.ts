import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MemorySampleSource } from '../memory-sample-source';
import { answerQuery, type QueryTimes } from './answer-query';
import { compareAnswers } from './compare-answers';
import { EVALUATION_ERRORS, PARSE_ERRORS } from './golden-errors';
import { buildGoldenQueries } from './golden-queries';
import { buildGoldenSeries, END_MS, START_MS } from './golden-series';
import { hasPrometheus, type PeerAnswer, PrometheusPeer } from './prometheus-peer';
import { buildRandomQueries } from './random-queries';

const installed = hasPrometheus();
if (!installed) console.log('promql golden test skipped: no prometheus in the PATH');

/** Once on the samples' grid, once between, and over the ends of the data. */
const TIMES: readonly QueryTimes[] = [
  { startMs: START_MS + 600_000, endMs: START_MS + 3_600_000 },
  { startMs: START_MS + 600_000, endMs: START_MS + 6_123_457 },
  { startMs: START_MS - 60_000, endMs: END_MS + 900_000, stepMs: 60_000 },
  { startMs: START_MS + 2_345_678, endMs: START_MS + 4_345_678, stepMs: 37_500 },
];

const isOrdered = (query: string): boolean => /^(sort|topk\(|bottomk\()/.test(query);

describe.skipIf(!installed)('compared with a real Prometheus', () => {
  const series = buildGoldenSeries();
  const source = new MemorySampleSource(series);
  let peer: PrometheusPeer;

  beforeAll(async () => {
    peer = await PrometheusPeer.start();
    await peer.write(series);
  }, 60_000);

  afterAll(async () => {
    await peer?.stop();
  });

  async function askBoth(query: string, times: QueryTimes): Promise<[ours: PeerAnswer, theirs: PeerAnswer]> {
    const seconds = (ms: number) => (ms / 1000).toFixed(3);
    const theirs =
      times.stepMs === undefined
        ? peer.query('query', { query, time: seconds(times.endMs) })
        : peer.query('query_range', {
            query,
            start: seconds(times.startMs),
            end: seconds(times.endMs),
            step: seconds(times.stepMs),
          });
    return await Promise.all([answerQuery(query, source, times), theirs]);
  }

  async function countDifferences(queries: readonly string[], times: readonly QueryTimes[]): Promise<string[]> {
    const differences: string[] = [];
    for (const query of queries) {
      for (const [index, time] of times.entries()) {
        const [ours, theirs] = await askBoth(query, time);
        const difference = compareAnswers(ours, theirs, time.stepMs === undefined && isOrdered(query));
        if (difference) differences.push(`${query} [times ${index}]: ${difference}`);
      }
    }
    const asked = queries.length * times.length;
    console.log(`${asked} answers to ${queries.length} queries compared, ${asked - differences.length} agree`);
    return differences;
  }

  it('answers every query alike to a billionth', async () => {
    const queries = buildGoldenQueries();
    expect(new Set(queries).size).toBeGreaterThanOrEqual(400);
    expect(await countDifferences(queries, TIMES)).toEqual([]);
  }, 300_000);

  it('answers random nested queries alike', async () => {
    expect(await countDifferences(buildRandomQueries(400, 20_240_229), TIMES.slice(1, 3))).toEqual([]);
  }, 120_000);

  it('fails where Prometheus fails during the evaluation', async () => {
    expect(await countDifferences(EVALUATION_ERRORS, TIMES)).toEqual([]);
    for (const query of EVALUATION_ERRORS) {
      const answers = await Promise.all(TIMES.map((times) => answerQuery(query, source, times)));
      expect([query, answers.some(({ status }) => status === 'error')]).toEqual([query, true]);
    }
  }, 60_000);

  it('refuses the texts that Prometheus refuses, mostly in its words', async () => {
    const differing: string[] = [];
    for (const query of PARSE_ERRORS) {
      const [ours, theirs] = await askBoth(query, TIMES[0]!);
      expect([query, ours.status]).toEqual([query, 'error']);
      expect([query, theirs.status]).toEqual([query, 'error']);
      if (ours.error !== theirs.error)
        differing.push(`${query}\n  ours:       ${ours.error}\n  Prometheus: ${theirs.error}`);
    }
    console.log(
      `${PARSE_ERRORS.length - differing.length} of ${PARSE_ERRORS.length} error texts are the same\n${differing.join('\n')}`,
    );
    expect(differing.length).toBeLessThan(PARSE_ERRORS.length / 4);
  }, 60_000);
});
