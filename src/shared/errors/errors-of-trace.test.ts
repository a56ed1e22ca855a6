import { expect, it } from 'vitest';
import { internal, makeWork, server } from '../shapes/make-traces.test-data';
import { errorsOfTrace } from './errors-of-trace';

const exception = { type: 'TypeError', message: 'no price' };
const failed = { error: 'failed' };

it('tells an exception once that spans up the chain record, by the innermost, and a failed span where none below it failed', () => {
  const chain = server('shop', 'GET /orders', {
    ...failed,
    below: [
      internal('shop', 'handler', {
        ...failed,
        exception,
        below: [internal('shop', 'total', { ...failed, exception })],
      }),
    ],
  });
  expect(errorsOfTrace({ ...makeWork(chain), resources: [] })).toMatchObject([
    { kind: 'exception', type: 'TypeError', message: 'no price', span: { name: 'total' }, alsoTold: 1 },
  ]);
  const alone = server('shop', 'GET /a', { below: [internal('shop', 'load', { error: 'timed out' })] });
  expect(errorsOfTrace({ ...makeWork(alone), resources: [] })).toMatchObject([
    { kind: 'status', message: 'timed out', place: 'load' },
  ]);
});

it('tells the same exception twice where it was thrown side by side, and as handled where its span went well', () => {
  const twice = server('shop', 'GET /b', {
    below: [internal('shop', 'x', { exception }), internal('shop', 'y', { exception })],
  });
  expect(
    errorsOfTrace({ ...makeWork(twice), resources: [] })
      .map(({ span, handling }) => [span.name, handling])
      .sort(),
  ).toEqual([
    ['x', 'handled'],
    ['y', 'handled'],
  ]);
});
