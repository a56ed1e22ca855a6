import { describe, expect, it } from 'vitest';
import { call, internal, makeWork, query, server, times, type Work } from '../shapes/make-traces.test-data';
import { diffTraces } from './diff-traces';
import type { ComposedTraceDiff, TraceDiffSummary, TracePatch } from './trace-diff-shapes';

const order = (below: Work[], extra: Partial<Work> = {}) =>
  makeWork({ ...server('shop', 'GET /orders', { ms: 50, below }), ...extra });
const item = (ms = 2, extra: Partial<Work> = {}) => ({ ...query('shop', 'SELECT * FROM items'), ms, ...extra });
const patchOf = (...sides: [ReturnType<typeof order>, ReturnType<typeof order>]) => diffTraces(...sides) as TracePatch;
const summaryOf = (...sides: [ReturnType<typeof order>, ReturnType<typeof order>]) =>
  diffTraces(...sides, 'trace-summary-v0-native') as TraceDiffSummary;

describe('diffTraces', () => {
  it('finds nothing between two traces of the same work, whatever their ids', () => {
    const patch = patchOf(order([item(), item()]), order([item(), item()]));
    expect(patch).toMatchObject({ version: 'trace-patch-v0', modified: [], added: [], removed: [], warnings: [] });
    expect(patch.stats).toMatchObject({ spanCountA: 3, spanCountB: 3, matchedSpans: 3, truncated: false });
  });

  it('tells added and removed spans with their place', () => {
    const patch = patchOf(order([item(), internal('shop', 'render')]), order([item(), call('shop', 'GET http://a/b')]));
    expect(patch.added).toMatchObject([
      {
        target: { type: 'span', parentPath: [0], index: 1 },
        span: { path: [0, 1], name: 'GET', kind: 'client', status: 'unset' },
      },
    ]);
    expect(patch.removed).toMatchObject([{ target: { type: 'span', path: [0, 1] }, span: { name: 'render' } }]);
    expect(patchOf(makeWork([]), order([]))).toMatchObject({
      added: [{ target: { type: 'span', index: 0 } }],
      warnings: [{ code: 'zero_span_trace' }],
    });
    expect(patchOf(makeWork([]), order([])).added[0]!.target).not.toHaveProperty('parentPath');
  });

  it('tells durations that differ by more than 20 % and a millisecond, status and attributes', () => {
    const changes = (was: Work, is: Work) =>
      patchOf(order([was]), order([is])).modified.flatMap((span) => span.changes);
    expect(changes(item(10), item(13))).toEqual([]);
    expect(changes(item(10), item(14))).toEqual([
      { op: 'modify', target: { type: 'field', name: 'duration_nanos' }, before: 10e6, after: 14e6 },
    ]);
    expect(changes(item(2), item(2, { error: 'locked' }))).toEqual([
      { op: 'modify', target: { type: 'field', name: 'status' }, before: 'unset', after: 'error' },
    ]);
    expect(changes(item(2), item(2, { timing: 'unfinished' }))).toMatchObject([{ before: 2e6, after: null }]);
    const sized = (size: number, more = {}) =>
      internal('shop', 'a', { attributes: { 'http.response.body.size': size, ...more } });
    expect(changes(sized(1000), sized(1040))).toEqual([]);
    expect(changes(sized(1000, { gone: 1, kept: 'a' }), sized(2000, { kept: 'b', new: 'x' }))).toEqual([
      { op: 'remove', target: { type: 'attribute', scope: 'span', key: 'gone' }, before: 1, after: null },
      {
        op: 'modify',
        target: { type: 'attribute', scope: 'span', key: 'http.response.body.size' },
        before: 1000,
        after: 2000,
      },
      { op: 'modify', target: { type: 'attribute', scope: 'span', key: 'kept' }, before: 'a', after: 'b' },
      { op: 'add', target: { type: 'attribute', scope: 'span', key: 'new' }, before: null, after: 'x' },
    ]);
  });

  it('takes, of spans that are alike, those with the same parent', () => {
    const under = (name: string, ms: number) => internal('shop', name, { below: [item(ms)] });
    const patch = patchOf(order([under('a', 10), under('b', 40)]), order([under('b', 40), under('a', 10)]));
    expect(patch).toMatchObject({ modified: [], added: [], removed: [] });
  });

  it('sums up which services changed, how far, and how far the match can be trusted', () => {
    const summary = summaryOf(
      order([call('shop', 'GET http://a/b', { below: [server('a', 'GET /b', { ms: 4 })] })]),
      order([
        item(2, { error: 'locked' }),
        call('shop', 'GET http://a/b', { below: [server('a', 'GET /b', { ms: 9 })] }),
      ]),
    );
    expect(summary).toMatchObject({
      signals: {
        traceLatency: 'unchanged',
        sumSpanDuration: 'increased',
        errors: 'increased',
        spanCount: 'increased',
        structure: 'changed',
      },
      trust: { matchedSpanRatio: 3 / 4, structureOverlap: 1 },
      stats: { spanCountDelta: 1, errorSpanDelta: 1, matchedSpans: 3, addedSpans: 1, sumSpanDurationDeltaMs: 7 },
      changedServices: ['a', 'shop'],
    });
    expect(summary.services).toEqual([
      { name: 'a', sumSpanDurationDeltaMs: 5, modified: 1, added: 0, removed: 0, newErrors: 0, resolvedErrors: 0 },
      { name: 'shop', sumSpanDurationDeltaMs: 2, modified: 0, added: 1, removed: 0, newErrors: 1, resolvedErrors: 0 },
    ]);
    expect(summary.base).toMatchObject({ rootService: 'shop', rootName: 'GET /orders', spanCount: 3, durationMs: 50 });
    expect(summary).not.toHaveProperty('warnings');
  });

  it('tells a service that drifted although no span did so by itself', () => {
    const slower = (ms: number) => order(times(20, () => item(ms)));
    expect(summaryOf(slower(10), slower(11)).services).toMatchObject([
      { name: 'shop', sumSpanDurationDeltaMs: 20, modified: 0 },
    ]);
    expect(summaryOf(slower(10), slower(10.01)).services).toEqual([]);
  });

  it('puts the patch beside the summary where it is 64 KiB or less, else its size', () => {
    const composed = (count: number) =>
      diffTraces(order([]), order(times(count, () => item())), 'trace-summary-v0-composed') as ComposedTraceDiff;
    expect(composed(3)).toMatchObject({ version: 'trace-summary-v0-composed', patch: { stats: { addedSpans: 3 } } });
    const omitted = composed(600);
    expect(omitted).not.toHaveProperty('patch');
    expect(omitted.patchOmitted).toMatchObject({ reason: 'over_budget' });
    expect(omitted.patchOmitted!.bytes).toBeGreaterThan(65_536);
  });

  it('warns of ids in names and of durations that are not known', () => {
    const named = (id: string) => order([internal('shop', `load ${id}`), item(2, { timing: 'unfinished' })]);
    expect(patchOf(named('9f86d081884c'), named('c4ca4238a0b9')).warnings.map(({ code }) => code)).toEqual([
      'high_cardinality_span_name',
      'invalid_duration',
      'invalid_duration',
    ]);
  });
});
