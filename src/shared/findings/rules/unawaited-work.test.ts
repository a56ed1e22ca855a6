import { describe, expect, it } from 'vitest';
import { call, internal, makeWork, query, server, type Work } from '../../shapes/make-traces.test-data';
import { viewTrace } from '../../shapes/trace-view';
import { findUnawaitedWork } from './unawaited-work';

const seen = (work: Work) => findUnawaitedWork(viewTrace(makeWork(work)));
const kept = 'INSERT INTO audit VALUES (1)';

describe('work that nobody awaits', () => {
  it('is told with what began it and how long it goes on', () => {
    const [sighting, ...others] = seen(
      server('shop', 'GET /orders', { ms: 20, below: [query('shop', kept, { ms: 50 })] }),
    );
    expect(others).toEqual([]);
    expect(sighting).toMatchObject({ rule: 'unawaited-work', severity: 'hint', service: 'shop' });
    expect(sighting!.sentence).toMatch(
      /^INSERT.* goes on for 30.2 ms after GET \/orders, which began it, has answered$/,
    );
    expect(sighting!.evidence).toMatchObject({ spanIds: [expect.any(String), expect.any(String)], count: 1 });
  });

  it('is told where it begins after the answer only, and of what a consumer began', () => {
    expect(
      seen(server('shop', 'GET /a', { ms: 5, below: [call('shop', 'GET http://mail/send', { at: 40 })] })),
    ).toHaveLength(1);
    const consumer: Work = { service: 'shop', kind: 'consumer', name: 'orders process', ms: 5 };
    expect(seen({ ...consumer, below: [query('shop', kept, { ms: 50 })] })).toHaveLength(1);
  });

  it('is told once, at the span under which it goes on', () => {
    const below = [internal('shop', 'write audit', { ms: 60, below: [query('shop', kept, { ms: 55 })] })];
    expect(seen(server('shop', 'GET /orders', { ms: 20, below })).map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/^write audit goes on/),
    ]);
  });

  it.each<[string, Work]>([
    ['what ends with the answer', server('shop', 'GET /a', { ms: 20, below: [query('shop', kept, { ms: 19 })] })],
    ['a moment after it', server('shop', 'GET /a', { ms: 20, below: [query('shop', kept, { ms: 20.5 })] })],
    [
      'a handler whose own span is over at once, as Express has it',
      server('shop', 'GET /a', {
        ms: 60,
        below: [internal('shop', 'request handler - /a', { ms: 0.1, below: [query('shop', kept, { ms: 50 })] })],
      }),
    ],
    [
      'another program, whose clock or work is its own',
      server('shop', 'GET /a', { ms: 20, below: [internal('mail', 'send', { ms: 90 })] }),
    ],
    [
      'a message that is on its way',
      server('shop', 'GET /a', {
        ms: 20,
        below: [{ service: 'shop', kind: 'producer', name: 'orders publish', ms: 90 }],
      }),
    ],
    [
      'a handler of a framework that returns a little after it has answered',
      server('shop', 'GET /a', {
        ms: 20,
        below: [internal('shop', 'middleware - x', { ms: 40, attributes: { 'express.type': 'middleware' } })],
      }),
    ],
    [
      'a handler of a router that returns a little after it has answered',
      server('shop', 'GET /a', {
        ms: 20,
        below: [internal('shop', 'request handler - /a', { ms: 40, attributes: { 'router.type': 'request_handler' } })],
      }),
    ],
    ['a job that is no request', internal('shop', 'nightly', { ms: 20, below: [query('shop', kept, { ms: 50 })] })],
    [
      'a span without an end of its own',
      server('shop', 'GET /a', { ms: 20, below: [query('shop', kept, { ms: 50, timing: 'unfinished' })] }),
    ],
  ])('is not told of %s', (_, work) => expect(seen(work)).toEqual([]));
});
