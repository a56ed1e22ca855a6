import { expect, it } from 'vitest';
import { call, makeWork, query, server, times } from '../shapes/make-traces.test-data';
import { layoutTrace } from '../trace/layout-trace';
import { mergePaths } from './merge-paths';

const pay = (ms: number, error?: string) =>
  call('shop', 'POST http://pay/charge', {
    ms: ms + 2,
    below: [server('pay', 'POST /charge', { at: 1, ms, ...(error === undefined ? {} : { error }) })],
  });

it('merges spans that do the same under the same, with counts, times and failures', () => {
  const trace = makeWork(
    server('shop', 'GET /orders', { ms: 100, below: [pay(10), pay(20, 'declined'), query('shop', 'SELECT 1 FROM a')] }),
  );
  const paths = mergePaths(layoutTrace(trace));
  expect(paths.map(({ service, depth, spans, failed }) => [service, depth, spans.length, failed])).toEqual([
    ['shop', 0, 1, 0],
    ['shop', 1, 2, 0],
    ['pay', 2, 2, 1],
    ['shop', 1, 1, 0],
  ]);
  expect(paths[2]).toMatchObject({ parent: 1, total: 30e6, own: 30e6, work: 30e6 });
  expect(paths[1]).toMatchObject({ total: 34e6, own: 4e6, work: 34e6, children: [2] });
  expect(paths[0]!.work).toBe(paths[0]!.own + 34e6 + paths[3]!.work);
});

it('keeps apart what happens under another', () => {
  const work = [pay(1), server('other', 'GET /', { below: [pay(1)] })];
  const names = mergePaths(layoutTrace(makeWork(work))).map(({ depth, name }) => `${depth} ${name}`);
  expect(names.filter((name) => name.includes('POST'))).toHaveLength(4);
});

it('takes a chain of many levels', () => {
  const spans = makeWork(times(3, () => server('a', 'x'))).spans.slice(0, 1);
  const chain = times(5000, (index) => ({
    ...spans[0]!,
    spanId: `s${index}`,
    parentSpanId: index === 0 ? '' : `s${index - 1}`,
  }));
  const paths = mergePaths(layoutTrace({ spans: chain }));
  expect(paths).toHaveLength(5000);
  expect(paths.at(-1)!.depth).toBe(4999);
});
