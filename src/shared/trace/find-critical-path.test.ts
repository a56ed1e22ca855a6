import { describe, expect, it } from 'vitest';
import type { Span } from '../contract/telemetry';
import { findCriticalPath } from './find-critical-path';
import { layoutTrace } from './layout-trace';
import { makeTrace } from './make-trace.test-data';

/** By span id: the stretches on the path. `changes` by span id, such as its kind. */
function pathOf(spans: Parameters<typeof makeTrace>[0], changes: Record<string, Partial<Span>> = {}) {
  const trace = makeTrace(spans);
  for (const span of trace.spans) Object.assign(span, changes[span.spanId]);
  const layout = layoutTrace(trace);
  return Object.fromEntries(
    [...findCriticalPath(layout)].map(([position, stretches]) => [
      layout.nodes[position]!.span.spanId,
      stretches.map(({ from, to }) => [from, to]),
    ]),
  );
}

/** Each is worked out by hand with Jaeger's rule. */
describe('findCriticalPath', () => {
  it('gives the time between children to the parent', () => {
    expect(
      pathOf([
        ['root', '', 0, 100],
        ['a', 'root', 10, 30],
        ['b', 'root', 60, 30],
      ]),
    ).toEqual({
      root: [
        [0, 10],
        [40, 60],
        [90, 100],
      ],
      a: [[10, 40]],
      b: [[60, 90]],
    });
  });

  it('leaves out a child that overlaps the one that ended after it', () => {
    expect(
      pathOf([
        ['root', '', 0, 100],
        ['fast', 'root', 10, 20],
        ['slow', 'root', 10, 80],
      ]),
    ).toEqual({
      root: [
        [0, 10],
        [90, 100],
      ],
      slow: [[10, 90]],
    });
  });

  it('gives all the time to children that follow one another without a gap', () => {
    expect(
      pathOf([
        ['root', '', 0, 100],
        ['a', 'root', 0, 50],
        ['b', 'a', 20, 30],
        ['c', 'root', 50, 50],
      ]),
    ).toEqual({ root: [], a: [[0, 20]], b: [[20, 50]], c: [[50, 100]] });
  });

  it('cuts a child that ends after its parent at the end of the parent', () => {
    expect(
      pathOf([
        ['root', '', 0, 100],
        ['late', 'root', 40, 61],
        ['inner', 'late', 50, 51],
      ]),
    ).toEqual({ root: [[0, 40]], late: [[40, 50]], inner: [[50, 100]] });
  });

  it('cuts a child that begins before its parent at the start of the parent', () => {
    expect(
      pathOf([
        ['root', '', 10, 90],
        ['early', 'root', 0, 40],
      ]),
    ).toEqual({ root: [[40, 100]], early: [[10, 40]] });
  });

  it('cuts a child that covers its parent at both ends', () => {
    expect(
      pathOf([
        ['root', '', 10, 80],
        ['wide', 'root', 0, 100],
      ]),
    ).toEqual({ root: [], wide: [[10, 90]] });
  });

  it('leaves out what lies outside of its parent, with all below it', () => {
    expect(
      pathOf([
        ['root', '', 10, 90],
        ['before', 'root', 0, 10],
        ['after', 'root', 100, 50],
        ['below', 'after', 110, 10],
      ]),
    ).toEqual({ root: [[10, 100]] });
  });

  it('takes, of two that were cut off, the one that really ended last', () => {
    expect(
      Object.keys(
        pathOf([
          ['root', '', 0, 100],
          ['a', 'root', 50, 80],
          ['b', 'root', 60, 50],
        ]),
      ),
    ).toEqual(['root', 'a']);
  });

  it('gives nothing to the consumer of a message in another service, which nobody waits for', () => {
    const spans = [
      ['root', '', 0, 100],
      ['publish', 'root', 10, 5],
      ['consume', 'publish', 12, 200],
    ] as const;
    const kinds = { publish: { kind: 'producer' }, consume: { kind: 'consumer' } } as const;
    expect(pathOf(spans, kinds)).toEqual({
      root: [
        [0, 10],
        [15, 100],
      ],
      publish: [[10, 15]],
    });
  });

  it('gives the time to a called service whose clock is wrong, in its own times', () => {
    const spans = [
      ['root', '', 0, 100],
      ['call', 'root', 10, 80],
      ['served', 'call', 1000, 60],
      ['work', 'served', 1010, 40],
    ] as const;
    const same = { service: 'far' };
    const changes = { call: { kind: 'client' }, served: { kind: 'server', ...same }, work: same } as const;
    expect(pathOf(spans, changes)).toEqual({
      root: [
        [0, 10],
        [90, 100],
      ],
      call: [
        [10, 20],
        [80, 90],
      ],
      served: [
        [1000, 1010],
        [1050, 1060],
      ],
      work: [[1010, 1050]],
    });
  });

  it('follows several roots one after another', () => {
    expect(
      pathOf([
        ['first', '', 0, 40],
        ['beside', 'gone', 20, 40],
        ['last', 'missing', 50, 50],
      ]),
    ).toEqual({ last: [[50, 100]], first: [[0, 40]] });
  });

  it('walks a chain of ten thousand spans', () => {
    const chain = Array.from(
      { length: 10_000 },
      (_, at) => [`s${at}`, at === 0 ? '' : `s${at - 1}`, at, 20_000 - 2 * at] as const,
    );
    const covered = Object.values(pathOf(chain))
      .flat()
      .reduce((sum, [from, to]) => sum + (to! - from!), 0);
    expect(covered).toBe(20_000);
  });
});
