import { describe, expect, it } from 'vitest';
import { RunDiff } from '../runs/run-diff';
import type { RunSummary } from '../runs/run-summary';
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
  }, 120_000);

  it.each(faults)('names the fault of a run with a %s, whatever the seed', (fault) => {
    for (const seed of [1, 2, 3, 4]) {
      const { changes, verdict } = diff(shopRun({ seed }), shopRun({ seed: seed + 100, fault }));
      const found = changes.filter(({ sentence }) => named[fault].test(sentence));
      expect(found, changes.map(({ sentence }) => sentence).join('\n')).not.toEqual([]);
      expect([verdict, found[0]!.worse]).toEqual(['worse', true]);
    }
  });
});
