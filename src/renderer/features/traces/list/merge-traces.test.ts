import { describe, expect, it } from 'vitest';
import type { TraceSummary } from '../../../../shared/contract/telemetry';
import { emptyStream, mergeTraces, releaseWaiting } from './merge-traces';

function trace(traceId: string, startNs: string, spanCount = 1): TraceSummary {
  return { traceId, startNs, spanCount, rootService: 's', rootName: 'n', durationNs: 1, errorCount: 0, services: [] };
}
const ids = (list: readonly TraceSummary[]) => list.map(({ traceId }) => traceId);

describe('mergeTraces', () => {
  it('puts new traces on top, newest first', () => {
    const first = mergeTraces(emptyStream, [trace('a', '1')], false);
    expect(ids(mergeTraces(first, [trace('b', '2'), trace('c', '3')], false).shown)).toEqual(['c', 'b', 'a']);
  });

  it('renews a listed trace without moving it', () => {
    const first = mergeTraces(emptyStream, [trace('a', '1'), trace('b', '2')], false);
    const { shown } = mergeTraces(first, [trace('a', '1', 7)], false);
    expect(ids(shown)).toEqual(['b', 'a']);
    expect(shown[1]!.spanCount).toBe(7);
  });

  it('lets new traces wait while the reader is elsewhere, and releases them in order', () => {
    const held = mergeTraces(mergeTraces(emptyStream, [trace('a', '1')], false), [trace('b', '2')], true);
    expect(ids(held.shown)).toEqual(['a']);
    expect(ids(held.waiting)).toEqual(['b']);
    expect(ids(releaseWaiting(mergeTraces(held, [trace('c', '3')], true)).shown)).toEqual(['c', 'b', 'a']);
  });

  it('puts what began before every row below them, where it moves none, held or not', () => {
    const first = mergeTraces(emptyStream, [trace('b', '20'), trace('c', '30')], false);
    for (const hold of [false, true]) {
      const { shown, waiting } = mergeTraces(first, [trace('d', '40'), trace('a', '10')], hold);
      expect(ids(waiting)).toEqual(hold ? ['d'] : []);
      expect(ids(shown).slice(-3)).toEqual(['c', 'b', 'a']);
    }
  });
});
