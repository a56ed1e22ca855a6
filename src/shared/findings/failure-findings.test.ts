import { describe, expect, it } from 'vitest';
import { call, internal, makeWork, query, server, times, type Work } from '../shapes/make-traces.test-data';
import type { LineFacts } from '../shapes/span-facts';
import { findInTrace } from './find-in-trace';

const findingsOf = (work: Work | readonly Work[], lines: readonly LineFacts[] = []) =>
  findInTrace(makeWork(work), lines);
const rulesOf = (work: Work | readonly Work[]) => findingsOf(work).map(({ rule }) => rule);
const request = (...below: Work[]) => server('shop', 'GET /orders', { below });
const failed = { error: 'failed' };
const pay = (extra = {}) => call('shop', 'POST http://pay/charge', extra);
const exception = { type: 'TypeError', message: 'no price' };

describe('failing-span and handled-error', () => {
  it('name the deepest span that failed where the failure went to the top, and with what', () => {
    const work = server('shop', 'GET /orders', {
      ...failed,
      below: [internal('shop', 'total', { ...failed, exception })],
    });
    expect(findingsOf(work)).toMatchObject([
      {
        rule: 'failing-span',
        severity: 'problem',
        service: 'shop',
        sentence: 'total failed, and shop GET /orders with it: TypeError: no price',
      },
    ]);
  });

  it('name the request that recorded why, not the span that sends its answer', () => {
    const send = internal('shop', 'GET /orders http send', { error: '', attributes: { 'http.status_code': 500 } });
    const work = server('shop', 'GET /orders', { ...failed, exception, below: [send] });
    expect(findingsOf(work)).toMatchObject([
      { rule: 'failing-span', sentence: 'GET /orders failed: TypeError: no price' },
    ]);
  });

  it('say that an error was handled, and by whom', () => {
    expect(findingsOf(request(internal('shop', 'audit', { ...failed, exception })))).toMatchObject([
      {
        rule: 'handled-error',
        severity: 'hint',
        sentence: 'audit failed, and the error was handled in GET /orders: TypeError: no price',
      },
    ]);
    expect(rulesOf(request(internal('shop', 'audit', { exception })))).toEqual(['handled-error']);
  });

  it('take an error for told where the request failed of it, though a router between them says nothing', () => {
    const handler = internal('shop', 'handler', { exception });
    const router = internal('shop', 'router', { below: [internal('shop', 'layer', { ...failed, below: [handler] })] });
    expect(findingsOf(server('shop', 'GET /orders', { ...failed, below: [router] }))).toMatchObject([
      { rule: 'failing-span', sentence: 'handler failed, and shop GET /orders with it: TypeError: no price' },
    ]);
    // Of several the newest; those that were handled before it stay what they are.
    const audit = internal('shop', 'audit', { ...failed });
    const two = server('shop', 'GET /orders', {
      ...failed,
      below: [internal('shop', 'a', { below: [audit] }), router],
    });
    expect(rulesOf(two).toSorted()).toEqual(['failing-span', 'handled-error']);
    // One that is told from span to span explains the request.
    const total = internal('shop', 'total', { ...failed });
    const told = server('shop', 'GET /orders', {
      ...failed,
      below: [total, internal('shop', 'b', { below: [audit] })],
    });
    expect(findingsOf(told).map(({ rule, sentence }) => [rule, sentence.split(' ')[0]])).toEqual(
      expect.arrayContaining([
        ['failing-span', 'total'],
        ['handled-error', 'audit'],
      ]),
    );
  });

  it('say that nobody waited for what failed', () => {
    const work = server('shop', 'GET /orders', {
      ms: 3,
      below: [query('shop', 'INSERT INTO a VALUES (1)', { ...failed, ms: 50 })],
    });
    expect(findingsOf(work).find(({ rule }) => rule === 'handled-error')!.sentence).toMatch(
      /^INSERT .* failed after GET \/orders had ended, which did not wait for it/,
    );
  });

  it('do not blame whoever sent a message for what its reader did', () => {
    const consumer: Work = { service: 'mail', kind: 'consumer', name: 'orders process', ...failed };
    const work = request({ service: 'shop', kind: 'producer', name: 'orders publish', below: [consumer] });
    expect(findingsOf(work)).toMatchObject([{ rule: 'failing-span', service: 'mail' }]);
  });

  it.each<[string, Work]>([
    ['all goes well', request(pay())],
    [
      'a thing that is not there is an answer',
      request(call('shop', 'GET http://prices/9', { ...failed, attributes: { 'http.response.status_code': 404 } })),
    ],
    ['the call went well when it was made again', request(pay(failed), pay())],
  ])('say nothing where %s', (_, work) => expect(rulesOf(work)).toEqual([]));

  it('say the same of one error in every run, whatever the ids in its message', () => {
    const of = (id: number) => findingsOf(request(internal('shop', 'audit', { error: `order ${id} is locked` })))[0]!;
    expect(of(1).fingerprint).toBe(of(2).fingerprint);
    expect(of(1).fingerprint).not.toBe(
      findingsOf(request(internal('shop', 'audit', { error: 'disk full' })))[0]!.fingerprint,
    );
  });
});

/** Attempts to charge that fail but for the last, each with attempts to insert that fail but for the very last. */
const charges = (outer: number, inner: number) =>
  times(outer, (charge) =>
    pay({
      ...(charge < outer - 1 && failed),
      below: [
        server('pay', 'POST /charge', {
          ...(charge < outer - 1 && failed),
          below: times(inner, (insert) =>
            query('pay', 'INSERT INTO charges VALUES (?)', charge < outer - 1 || insert < inner - 1 ? failed : {}),
          ),
        }),
      ],
    }),
  );

describe('retry-storm', () => {
  it.each<[string, Work, RegExp]>([
    [
      'a call that fails four times and then goes well',
      request(...times(4, () => pay(failed)), pay()),
      /repeated 4 times .* 4 failures/,
    ],
    ['a call that never goes well', request(...times(4, () => pay(failed))), /repeated 3 times .* never went well/],
    [
      'a client that says how often it sent again',
      request(pay({ attributes: { 'http.request.resend_count': 5 } })),
      /repeated 5 times/,
    ],
    [
      'attempts of a span of its own',
      request(...times(4, () => internal('shop', 'attempt', failed))),
      /attempt was repeated 3 times/,
    ],
    [
      'three attempts, each of which makes three of another call: repeats that multiply',
      request(...charges(3, 3)),
      /INSERT INTO charges.* was repeated 6 times .* below 3 attempts of what calls it, 8 failures/,
    ],
  ])('is told of %s', (_, work, sentence) => {
    expect(findingsOf(work).find(({ rule }) => rule === 'retry-storm')?.sentence).toMatch(sentence);
  });

  it.each<[string, Work]>([
    ['one repeat that goes well', request(pay(failed), pay())],
    ['two repeats', request(pay(failed), pay(failed), pay())],
    ['two attempts, each of which makes two of another call', request(...charges(2, 2))],
    [
      'attempts of one call below different requests that went well',
      request(...times(3, (id) => internal('shop', `part ${'abc'[id]}`, { below: [pay(failed), pay()] }))),
    ],
    ['different things that fail', request(...times(6, (id) => call('shop', `GET http://prices/${id}`, failed)))],
    ['failures side by side', request(...times(6, () => pay({ ...failed, at: 1 })))],
    ['calls that go well', request(...times(6, () => pay()))],
  ])('is not told of %s', (_, work) => expect(rulesOf(work)).not.toContain('retry-storm'));
});

describe('critical-path', () => {
  const slow = query('shop', 'SELECT * FROM big', { ms: 80 });

  it('is told of a span that the request waits for most of the time', () => {
    const finding = findingsOf(request(slow, internal('shop', 'render', { ms: 5 }))).find(
      ({ rule }) => rule === 'critical-path',
    );
    expect(finding!.sentence).toMatch(/^shop GET \/orders waits 93 % of its 86\.3 ms for SELECT \* FROM big$/);
  });

  it.each<[string, Work]>([
    ['work that is spread evenly', request(...times(4, (id) => internal('shop', `part ${'abcd'[id]}`, { ms: 20 })))],
    ['a request of two spans', request(slow)],
    ['short requests', request(query('shop', 'SELECT * FROM small', { ms: 8 }), internal('shop', 'render', { ms: 1 }))],
    [
      'the request’s own work',
      server('shop', 'GET /orders', { ms: 90, below: [internal('shop', 'a'), internal('shop', 'b')] }),
    ],
    ['health checks', server('shop', 'GET /healthz', { below: [slow, internal('shop', 'render')] })],
  ])('is not told of %s', (_, work) => expect(rulesOf(work)).not.toContain('critical-path'));
});

describe('missing-propagation and unclosed-span', () => {
  const lost = (work: Work) => {
    const trace = makeWork([request(pay()), { ...work, at: 2 }]);
    for (const span of trace.spans) if (span.name === work.name) span.parentSpanId = 'f'.repeat(16);
    return findInTrace(trace).map(({ rule }) => rule);
  };

  it('tell a parent that came over the wire from one of the same program', () => {
    expect(lost(server('pay', 'POST /charge'))).toEqual(['missing-propagation']);
    expect(lost(internal('shop', 'render'))).toEqual(['unclosed-span']);
  });

  it('say nothing where the whole trace was begun outside', () => {
    const trace = makeWork([request(pay()), { ...request(pay()), at: 30 }]);
    for (const span of trace.spans) if (span.parentSpanId === '') span.parentSpanId = 'f'.repeat(16);
    expect(findInTrace(trace)).toEqual([]);
  });

  it('tell a span that was sent without an end', () => {
    expect(rulesOf(request(internal('shop', 'listen', { ms: 0, timing: 'unfinished' })))).toEqual(['unclosed-span']);
  });
});

describe('large-payload', () => {
  const sized = (bytes: number, url = 'GET http://prices/all') =>
    request(call('shop', url, { attributes: { 'http.response.body.size': bytes } }));

  it('is told of 300 kB, once a call', () => {
    expect(rulesOf(sized(300_000))).toEqual(['large-payload']);
    const both = { attributes: { 'http.response.body.size': 400_000 } };
    expect(
      rulesOf(request(call('shop', 'GET http://prices/all', { ...both, below: [server('prices', 'GET /all', both)] }))),
    ).toEqual(['large-payload']);
  });

  it.each<[string, Work]>([
    ['less', sized(299_999)],
    ['a file', sized(5_000_000, 'GET http://cdn/app/main.js')],
    [
      'a size that is no number',
      request(call('shop', 'GET http://a/b', { attributes: { 'http.response.body.size': 'huge' } })),
    ],
  ])('is not told of %s', (_, work) => expect(rulesOf(work)).toEqual([]));
});

describe('chatty-logs', () => {
  const lines = (count: number) =>
    times(count, (id): LineFacts => ({ service: 'shop', level: 'debug', line: `step ${id} done` }));

  it('is told of one line 50 times in a trace, not of 49 or of different ones', () => {
    expect(findingsOf(request(), lines(50))).toMatchObject([
      { rule: 'chatty-logs', sentence: 'shop logs 50 times in one trace: step <*> done' },
    ]);
    expect(findingsOf(request(), lines(49))).toEqual([]);
    const different = times(
      60,
      (id): LineFacts => ({
        service: 'shop',
        level: 'info',
        line: `${'abcdefghij'[id % 10]}${'klmnopqrst'[Math.floor(id / 10)]} done`,
      }),
    );
    expect(findingsOf(request(), different)).toEqual([]);
  });
});

describe('clock-skew', () => {
  const skewed = (at: number) => request(pay({ ms: 20, below: [server('pay', 'POST /charge', { at, ms: 5 })] }));

  it('is told of a call that began long before its caller, not of one within it', () => {
    expect(rulesOf(skewed(-400))).toContain('clock-skew');
    expect(rulesOf(skewed(5))).not.toContain('clock-skew');
    expect(rulesOf(skewed(-2))).not.toContain('clock-skew');
  });
});
