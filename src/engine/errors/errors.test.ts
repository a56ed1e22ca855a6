import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { base, failing, openTestErrors, spanId, traceId } from './test-errors';

let errors: Awaited<ReturnType<typeof openTestErrors>>;
beforeEach(async () => {
  errors = await openTestErrors();
});
afterEach(() => errors.store.close());

const stackAt = (line: number) => `Error: x\n    at pay (/srv/shop/src/pay.ts:${line}:3)`;
const declined = (order: number, line = 4) => ({
  type: 'PaymentError',
  message: `order ${order} declined`,
  stack: stackAt(line),
});
/** What is listed, in short. */
const listed = async (query = '') =>
  (await errors.list(query)).groups.map(({ type, template, count }) => `${count} ${type}: ${template}`);

describe('/watchtower/errors', () => {
  it('groups exceptions by type, template and own frame, whatever ids and lines they name', async () => {
    await errors.spans(
      failing(1, { trace: traceId(1), at: 0, exception: declined(1, 4) }),
      failing(2, { trace: traceId(2), at: 20_000, service: 'till', exception: declined(22, 5) }),
      failing(3, { trace: traceId(3), at: 10_000, exception: { type: 'TypeError', message: 'no price' } }),
    );
    const { groups, services, keptSince } = await errors.list('&buckets=2');
    expect(services).toEqual(['shop', 'till']);
    expect(keptSince).toBe(base);
    expect(groups).toMatchObject([
      {
        kind: 'exception',
        type: 'PaymentError',
        template: 'order <*> declined',
        example: 'order 22 declined',
        frame: 'pay (src/pay.ts)',
        count: 2,
        toldBySpans: 2,
        toldByLines: 0,
        firstSeen: base + 9,
        lastSeen: base + 20_009,
        buckets: [2, 0],
        services: [
          { name: 'shop', count: 1 },
          { name: 'till', count: 1 },
        ],
        newest: [
          { traceId: traceId(2), spanId: spanId(2), service: 'till', at: base + 20_009 },
          { traceId: traceId(1), spanId: spanId(1), service: 'shop' },
        ],
      },
      { type: 'TypeError', frame: '', count: 1 },
    ]);
    expect(await listed('&service=till')).toEqual(['1 PaymentError: order <*> declined']);
  });

  it('counts an exception once that each span up the chain records, and that a line tells, also where spans between are silent', async () => {
    const told = { ...declined(1), message: 'order 1 declined' };
    await errors.spans(
      failing(1, { at: 0, lasts: 100, kind: 2, status: { code: 2 } }),
      { ...failing(2, { parent: spanId(1), at: 1, lasts: 90, exception: told }) },
      failing(3, { parent: spanId(2), at: 2, lasts: 80, exception: told }),
      // A router between says nothing: its child is of the same request.
      failing(4, { parent: spanId(77), at: 3, lasts: 70, exception: told }),
    );
    await errors.lines(
      {
        at: 50,
        line: 'it broke',
        trace: traceId(1),
        span: spanId(2),
        attributes: { 'exception.type': 'app.PaymentError', 'exception.message': told.message },
      },
      { at: 51, line: 'payment failed: order 1 declined', trace: traceId(1), span: spanId(4) },
      { at: 52, line: 'disk is full', trace: traceId(1), span: spanId(4) },
    );
    expect(await listed()).toEqual(['1 PaymentError: order <*> declined', '1 : disk is full']);
    const [group] = (await errors.list()).groups;
    const { occurrences } = await errors.find(group!.id);
    expect(occurrences).toMatchObject([{ name: 'span 4', alsoTold: 5 }]);
  });

  it('takes stack traces that differ in their message alone for one, and those of other code apart', async () => {
    const thrown = (number: number, type: string, stack: string) =>
      failing(number, { trace: traceId(number), at: number, exception: { type, message: `no bank ${number}`, stack } });
    const ofPython = (number: number, file: string) =>
      `Traceback (most recent call last):\n  File "${file}", line ${number}, in pay\n    raise\nshop.BankError: no bank ${number}\n`;
    await errors.spans(
      thrown(1, 'Declined', `Declined: no bank 1\n    at pay (/srv/shop/src/pay.ts:4:3)`),
      thrown(2, 'Declined', `Declined: no bank 2, or\n    at pay (/srv/shop/src/pay.ts:4:3)`),
      thrown(3, 'Declined', `Declined: no bank 3\n    at refund (/srv/shop/src/refund.ts:9:1)`),
      thrown(4, 'shop.BankError', ofPython(4, '/app/bank.py')),
      thrown(5, 'shop.BankError', ofPython(5, '/app/bank.py')),
      thrown(6, 'shop.BankError', ofPython(6, '/app/till.py')),
      // Its type and message stand in the stack trace alone.
      thrown(7, '', `CardError: card 7 expired\n    at pay (/srv/shop/src/pay.ts:4:3)`),
    );
    const { groups } = await errors.list();
    expect(groups.map(({ type, frame, count, example }) => `${count} ${type} ${frame}: ${example}`).sort()).toEqual([
      '1 CardError pay (src/pay.ts): no bank 7',
      '1 Declined refund (src/refund.ts): no bank 3',
      '1 shop.BankError pay (app/till.py): no bank 6',
      '2 Declined pay (src/pay.ts): no bank 2',
      '2 shop.BankError pay (app/bank.py): no bank 5',
    ]);
  });

  it('counts each error once that comes in traces whose ids are counted, not drawn', async () => {
    const counted = (number: number) => number.toString(16).padStart(16, '0').padEnd(32, '0');
    await errors.spans(
      ...[1, 2, 3].flatMap((number) => [
        { ...failing(10 * number, { trace: counted(number), kind: 2, lasts: 50 }) },
        {
          ...failing(10 * number + 1, { trace: counted(number), parent: spanId(10 * number), exception: declined(7) }),
        },
      ]),
    );
    expect(await listed()).toEqual(['3 PaymentError: order <*> declined']);
  });

  it('counts what failed side by side, or again in another trace, each time', async () => {
    await errors.spans(
      { ...failing(1, { lasts: 100 }), status: {} },
      failing(2, { parent: spanId(1), at: 0, lasts: 50, exception: declined(1) }),
      failing(3, { parent: spanId(1), at: 10, lasts: 20, exception: declined(1) }),
      failing(4, { trace: traceId(2), exception: declined(1) }),
    );
    expect(await listed()).toEqual(['3 PaymentError: order <*> declined']);
  });

  it('tells a span that failed without an exception by its status, its own line, or the exception of the call it came of', async () => {
    await errors.spans(
      failing(1, { trace: traceId(1), name: 'GET /a/17', status: { code: 2, message: 'upstream 10.0.0.1 timed out' } }),
      failing(2, { trace: traceId(2), name: 'GET /b', attributes: { 'http.response.status_code': 503 } }),
      failing(3, { trace: traceId(3), name: 'GET /c' }),
      failing(5, { trace: traceId(4), at: 0, lasts: 100, exception: { type: 'FetchError', message: '503' } }),
      failing(6, { trace: traceId(4), parent: spanId(5), at: 1, lasts: 50, kind: 3 }),
    );
    await errors.lines({ at: 5, line: 'no stock for order 9', trace: traceId(3), span: spanId(3) });
    const { groups } = await errors.list();
    expect(groups.map(({ kind, type, template, frame, count }) => [kind, type, template, frame, count]).sort()).toEqual(
      [
        ['exception', 'FetchError', '<*>', '', 1],
        ['line', '', 'no stock for order <*>', '', 1],
        ['status', '', 'upstream <*> timed out', 'GET /a/<*>', 1],
        ['status', '503', '', 'GET /b', 1],
      ],
    );
  });

  it('reads lines of error or worse, exceptions at any level, and stack traces in a line', async () => {
    await errors.lines(
      { at: 1, line: 'all is well', severity: 9 },
      {
        at: 2,
        line: 'retried',
        severity: 13,
        attributes: { 'exception.type': 'Timeout', 'exception.message': 'late' },
      },
      { at: 3, line: `request failed\nRangeError: bad page 7\n    at list (/srv/src/list.js:1:1)`, severity: 0 },
      { at: 4, line: 'ERROR cannot open cart 5', severity: 0 },
      { at: 5, line: 'no errors in 5 files', severity: 9 },
      { at: 6, line: 'panic in the streets', severity: 21 },
    );
    const { groups } = await errors.list();
    expect(groups.map(({ type, template, frame, handling }) => [type, template, frame, handling]).sort()).toEqual([
      ['', 'ERROR cannot open cart <*>', '', null],
      ['', 'panic in the streets', '', 'unhandled'],
      ['RangeError', 'bad page <*>', 'list (src/list.js)', null],
      ['Timeout', 'late', '', 'handled'],
    ]);
  });

  it('looks at new rows alone, and joins them with what their trace told before', async () => {
    await errors.spans(failing(2, { parent: spanId(1), at: 1, lasts: 5, exception: declined(1) }));
    expect(await listed()).toEqual(['1 PaymentError: order <*> declined']);
    await errors.spans(failing(1, { lasts: 10, kind: 2 }));
    await errors.lines({
      at: 5,
      line: 'x',
      trace: traceId(1),
      attributes: { 'exception.type': 'PaymentError', 'exception.message': 'order 1 declined' },
    });
    expect(await listed()).toEqual(['1 PaymentError: order <*> declined']);
    await errors.store.clean();
    expect(await listed()).toEqual([]);
  });

  it('refuses what is no window by its name', async () => {
    for (const [query, what] of [
      ['', 'start'],
      ['?start=2&end=1', 'start'],
      ['?start=1&end=2&buckets=0', 'buckets'],
    ]) {
      const response = await errors.app.request(`/watchtower/errors${query}`);
      expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(what!)]);
    }
  });
});

describe('/watchtower/error', () => {
  it('tells occurrences page by page, the newest first, with the whole stack trace', async () => {
    const stack = `${stackAt(4)}\n${'    at deep (/srv/shop/node_modules/x/index.js:1:1)\n'.repeat(2000)}`;
    for (const number of [1, 2, 3])
      await errors.spans(
        failing(number, { trace: traceId(number), at: number * 1000, exception: { ...declined(number), stack } }),
      );
    const { id } = (await errors.list()).groups[0]!;
    const first = await errors.find(id, '&limit=2');
    expect(first.occurrences).toMatchObject([
      { message: 'order 3 declined', stack, name: 'span 3', traceId: traceId(3), source: 'span' },
      { message: 'order 2 declined' },
    ]);
    const second = await errors.find(id, `&limit=2&after=${first.next}`);
    expect([second.occurrences.map(({ message }) => message), second.next]).toEqual([['order 1 declined'], null]);
  });

  it('says that there is no such error, and refuses a cursor of somebody else', async () => {
    expect(await errors.find('0123')).toMatchObject({ group: null, occurrences: [] });
    await expect(errors.find('0123', '&after=x')).rejects.toThrow('400 after is the next');
  });
});
