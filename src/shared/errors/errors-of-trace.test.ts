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

it('calls a failure as the engine does: by its type in the stack trace, by the status code under its older names', () => {
  const trace = makeWork(
    server('shop', 'GET /c', { below: [internal('shop', 'load', failed), internal('shop', 'x', failed)] }),
  );
  const named = (name: string) => trace.spans.find((span) => span.name === name)!;
  const stack = 'ValueError: no price\n    at total (/app/total.js:3:1)';
  const spans = trace.spans.map((span) => {
    if (span === named('load')) return { ...span, attributes: [{ key: 'http.status_code', value: 503 }] };
    if (span !== named('x')) return span;
    const attributes = [{ key: 'exception.stacktrace', value: stack }];
    return { ...span, events: [{ name: 'exception', timeNs: span.startNs, attributes, dropped: 0 }] };
  });
  const told = errorsOfTrace({ ...trace, spans, resources: [] } as never);
  expect(told.map(({ kind, type, message }) => [kind, type, message]).sort()).toEqual([
    ['exception', 'ValueError', 'no price'],
    ['status', '503', 'failed'],
  ]);
});
