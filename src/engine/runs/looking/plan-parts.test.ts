import { describe, expect, it } from 'vitest';
import type { RunTraces } from './list-run-traces';
import { planParts } from './plan-parts';

/** Traces of `[first row, last row, spans]`, by seq; their ids are 1, 2, … */
function listed(...rows: [first: number, last: number, spans: number][]): RunTraces {
  const of = (at: 0 | 1 | 2) => Float64Array.from(rows, (row) => row[at]);
  const none = new Uint32Array(2 * rows.length);
  return {
    ...{ count: rows.length, lo: Uint32Array.from(rows.flatMap((_, trace) => [trace + 1, 0])), hi: none },
    ...{ spans: of(2), failed: new Uint8Array(rows.length), startNs: none, longestNs: of(2) },
    ...{ firstSeq: of(0), lastSeq: of(1), kind: none },
  };
}
const conditions = (...rows: Parameters<typeof listed>) =>
  planParts(listed(...rows), 10).map(({ condition, parameters }) =>
    [condition.replaceAll('::UBIGINT', ''), ...parameters].join(' ← '),
  );

describe('planParts', () => {
  it('reads few rows at once, whatever stands between them', () => {
    expect(conditions([1, 9, 5], [2, 900, 5])).toEqual(['true']);
  });

  it('parts many by stretches of rows, and no row behind the last one listed is of any', () => {
    expect(conditions([1, 5, 5], [6, 10, 5], [11, 13, 3])).toEqual(['seq >= 1 AND seq < 11', 'seq >= 11 AND seq < 14']);
  });

  it('reads apart the traces that reach over the end of a stretch', () => {
    const apart = 'trace_lo NOT IN (SELECT unnest($1[])) ← [2]';
    expect(
      conditions([1, 4, 4], [5, 30, 4], [9, 12, 4], [13, 16, 4]).map((each) => each.replace('::UBIGINT[]', '[]')),
    ).toEqual([
      `seq >= 1 AND seq < 9 AND ${apart}`,
      `seq >= 9 AND seq < 31 AND ${apart}`,
      'seq >= 1 AND seq < 31 AND trace_lo IN (SELECT unnest($1[])) ← [2]',
    ]);
  });

  it('parts by trace id where most reach over', () => {
    expect(conditions([1, 20, 4], [2, 21, 4], [3, 22, 4])).toEqual(['trace_lo % 2 = 0', 'trace_lo % 2 = 1']);
  });
});
