import { describe, expect, it } from 'vitest';
import { RunSummarizer } from '../run-summary/run-summarizer';
import { RunDiff } from '../runs/run-diff';
import { type RunSummary, RunSummary as RunSummarySchema } from '../runs/run-summary';
import { internal, makeWork, server, type Work } from '../shapes/make-traces.test-data';
import { diffRuns } from './diff-runs';
import { type Fault, faults, seeded, shopRun } from './shop-run.test-data';

function diff(before: RunSummary, after: RunSummary, force = false): RunDiff {
  const answer = diffRuns(before, after, { force });
  if ('problem' in answer) throw new Error(answer.problem.message);
  return RunDiff.parse(answer);
}

/** What must be said of each fault, in a change that is worse. */
const named: Record<Fault, RegExp> = {
  'lost index': /^SELECT \* FROM items WHERE order_id = \?.* → .*p [=<]/,
  'N+1': /3 → 10 queries a request; \+8 of SELECT \* FROM items WHERE id = \?/,
  'retry storm': /POST \/checkout: 0 → 2 retries a request/,
  'swallowed exception': /^audit .* → 20 of 20 failed: .*handled in POST \/checkout: IOError: disk is read-only/,
  'sequential fan-out': /sequential-fan-out.*GET \/report waits for 3 calls/,
  'missing await': /does not wait any more for INSERT INTO sales/,
  'new error': /^total .* → 5 of 20 failed: .*TypeError/,
  'leaked connection': /db_client_connection_count: 2 → 22/,
  'log flood': /chatty-logs.*pricing step/,
  'changed query count': /3 → 4 queries a request; \+1 of SELECT name FROM customers/,
  'slower dependency': /^SELECT price FROM prices/,
  'lost propagation': /prices GET \/price\/\{id\} begins traces of its own/,
};

describe('diffRuns', () => {
  it('finds no difference in 120 pairs of runs of one program, however their times vary', () => {
    const random = seeded(12);
    const told: string[] = [];
    for (let pair = 0; pair < 120; pair++) {
      const options = { requests: [5, 6, 8, 12, 20][pair % 5]!, noise: [0.05, 0.2, 0.35][pair % 3]! };
      const [before, after] = [0, 1].map(() => shopRun({ ...options, seed: Math.floor(random() * 1e9) }));
      told.push(...diff(before!, after!).changes.map(({ sentence }) => `${JSON.stringify(options)} ${sentence}`));
    }
    expect(told).toEqual([]);
  }, 300_000);

  it('tells no slower request of 100 pairs on a machine that is 30 % slower as a whole, but that it is', () => {
    const paces: (number | undefined)[] = [];
    const told: string[] = [];
    for (let pair = 0; pair < 100; pair++) {
      const noise = [0.05, 0.1, 0.2][pair % 3]!;
      const of = { noise, requests: 12 };
      const [fast, slow] = [shopRun({ seed: pair, ...of }), shopRun({ seed: 5000 + pair, ...of, machine: 1.3 })];
      for (const answer of [diff(fast, slow), diff(slow, fast)]) {
        told.push(...answer.changes.map(({ sentence }) => sentence));
        paces.push(answer.pace);
      }
    }
    expect(told).toEqual([]);
    for (const [at, pace] of paces.entries()) {
      expect(at % 2 === 0 ? pace : 1 / pace!).toBeGreaterThan(1.1);
      expect(at % 2 === 0 ? pace : 1 / pace!).toBeLessThan(1.5);
    }
  }, 300_000);

  it.each(['slower dependency', 'lost index'] as const)(
    'names a %s on a machine that is slower by a third',
    (fault) => {
      for (const seed of [1, 2, 3, 4]) {
        const { changes, pace } = diff(shopRun({ seed }), shopRun({ seed: seed + 100, fault, machine: 1.3 }));
        expect(changes.map(({ sentence }) => sentence)).toEqual([expect.stringMatching(named[fault])]);
        expect(pace).toBeGreaterThan(1.1);
      }
    },
  );

  it('takes what is twice and a half as slow as a whole for no machine', () => {
    const { changes, pace } = diff(shopRun({ seed: 1 }), shopRun({ seed: 101, machine: 2.5 }));
    expect(pace).toBeUndefined();
    expect(changes.map(({ kind }) => kind)).toContain('slower');
    // Not as +150 %.
    const slower = changes.filter(({ kind }) => kind === 'slower').map(({ sentence }) => sentence);
    for (const sentence of slower) expect(sentence).toMatch(/ \([23](\.\d)? times, p /);
  });

  it('tells nothing of 100 pairs with a path that is seldom taken, but notes it', () => {
    const told: string[] = [];
    const noted: string[] = [];
    for (let pair = 0; pair < 100; pair++) {
      const [one, other] = [2 * pair, 2 * pair + 1].map((seed) => shopRun({ seed, requests: 30, missed: 1 / 30 }));
      const { changes, notJudged } = diff(one!, other!);
      told.push(...changes.map(({ sentence }) => sentence));
      noted.push(...notJudged);
    }
    expect(told).toEqual([]);
    expect(noted).toContainEqual(
      expect.stringMatching(/^New, 0\.033 a request: UPDATE cache .* too few requests to judge$/),
    );
    expect(noted).toContainEqual(
      expect.stringMatching(/^New line, once: INFO shop: read anew: too few lines to judge$/),
    );
  }, 300_000);

  it.each(faults)('names the fault of a run with a %s, whatever the seed', (fault) => {
    for (const seed of [1, 2, 3, 4]) {
      const { changes, verdict } = diff(shopRun({ seed }), shopRun({ seed: seed + 100, fault }));
      const found = changes.filter(({ sentence }) => named[fault].test(sentence));
      expect(found, changes.map(({ sentence }) => sentence).join('\n')).not.toEqual([]);
      expect([verdict, found[0]!.worse]).toEqual(['worse', true]);
    }
  });

  it('refuses runs of different commands, but not of one in another folder', () => {
    const [one, other] = [shopRun({ seed: 1, requests: 4 }), shopRun({ seed: 2, requests: 4 })];
    const changed = { ...other, run: { ...other.run, command: ['node', 'other.js'] } };
    expect(diffRuns(one, changed)).toMatchObject({
      problem: { kind: 'run-other-command', hint: expect.stringContaining('--force') },
    });
    expect(diffRuns(one, changed, { force: true })).toMatchObject({ verdict: 'same' });
    const moved = (folder: string) => ({ ...one, run: { ...one.run, folder, command: ['node', `${folder}/shop.js`] } });
    expect(diffRuns(moved('/a/b'), moved('/c'))).toMatchObject({ verdict: 'same' });
  });

  it('does not compare what is of another kind for the most part, unless forced', () => {
    const one = shopRun({ seed: 1, requests: 4 });
    const other = shopRun({ seed: 2, requests: 4 });
    const rename = (summary: RunSummary): RunSummary => JSON.parse(JSON.stringify(summary).replaceAll('shop', 'mall'));
    const renamed = { ...other, telemetry: rename(other).telemetry };
    const answer = diff(one, renamed);
    expect(answer).toMatchObject({ verdict: 'incomparable', changes: [] });
    expect(answer.matched).toBeLessThan(0.5);
    expect(diff(one, renamed, true).changes.map(({ kind }) => kind)).toContain('gone-span');
  });

  it('says of which durations there are too few to judge', () => {
    const [one, other] = [shopRun({ seed: 1, requests: 3 }), shopRun({ seed: 2, requests: 3 })];
    expect(diff(one, other).notJudged).toContainEqual(
      expect.stringMatching(/^GET \/report: .* too few to judge \(3 v 3\)$/),
    );
  });

  it('finds nothing between a summary and itself, also after it went through a file', () => {
    const one = shopRun({ seed: 3 });
    const read = RunSummarySchema.parse(JSON.parse(JSON.stringify(one)));
    expect(diff(one, read)).toMatchObject({ verdict: 'same', matched: 1, changes: [], notJudged: [] });
  });

  it('tells the reverse of what it tells the other way round', () => {
    const [good, bad] = [shopRun({ seed: 1 }), shopRun({ seed: 2, fault: 'N+1' })];
    const kinds = diff(bad, good).changes.map(({ kind, worse }) => [kind, worse]);
    expect(kinds).toContainEqual(['fewer-queries', false]);
    expect(kinds).toContainEqual(['mended-findings', false]);
    expect(diff(bad, good).verdict).toBe('different');
  });

  it('counts a request at a time: twice as many of the same requests change no rate', () => {
    const { changes } = diff(shopRun({ seed: 1, requests: 10 }), shopRun({ seed: 2, requests: 20 }));
    expect([...new Set(changes.map(({ kind }) => kind))]).toEqual(['more-spans']);
    expect(changes.filter(({ kind }) => kind === 'more-spans').map(({ sentence }) => sentence)).toContain(
      'shop GET /report: 10 → 20 requests',
    );
  });

  it('tells of the top of a new part alone, with how much is below it', () => {
    const run = (below: Work[]): RunSummary => {
      const summarizer = new RunSummarizer();
      for (let count = 0; count < 3; count++)
        summarizer.addTrace(makeWork(server('shop', 'GET /orders', { below: [internal('shop', 'render'), ...below] })));
      return { ...shopRun({ seed: 1, requests: 1 }), telemetry: summarizer.finish() };
    };
    const audit = internal('shop', 'audit', {
      below: [internal('shop', 'sign', { below: [internal('shop', 'hash')] })],
    });
    const sentences = (one: RunSummary, other: RunSummary) => diff(one, other).changes.map(({ sentence }) => sentence);
    expect(sentences(run([]), run([audit]))).toEqual([
      'New, 1 a request: audit (in shop GET /orders), with 2 kinds of spans below it',
    ]);
    expect(sentences(run([audit]), run([]))).toEqual([
      'Gone, 1 a request before: audit (in shop GET /orders), with 2 kinds of spans below it',
    ]);
    expect(sentences(run([audit]), run([audit, audit]))).toEqual(['audit (in shop GET /orders): 1 → 2 a request']);
  });
});
