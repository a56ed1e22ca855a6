import { expect, test } from 'vitest';
import type { Span } from '../contract/telemetry';
import { describeClockSkew } from './describe-clock-skew';
import { findClockSkew } from './find-clock-skew';
import { layoutTrace } from './layout-trace';

/** Milliseconds. */
function span(
  spanId: string,
  parentSpanId: string,
  service: string,
  kind: Span['kind'],
  from: number,
  to: number,
): Span {
  return {
    ...{ spanId, parentSpanId, service, kind, name: spanId, resource: 0 },
    status: { code: 'unset', message: '' },
    startNs: `${1_795_000_000_000 + from}000000`,
    durationNs: (to - from) * 1e6,
    ...{ attributes: [], events: [], links: [], scope: { name: '', version: '' } },
  };
}

const skewOf = (...spans: Span[]) =>
  findClockSkew(layoutTrace({ traceId: 't', resources: [], spans })).map(describeClockSkew);

test.each<[string, Span[], string[]]>([
  ['agree', [span('a', '', 'shop', 'client', 0, 100), span('b', 'a', 'stock', 'server', 10, 90)], []],
  [
    'show a call before its caller',
    [span('a', '', 'shop', 'client', 0, 100), span('b', 'a', 'stock', 'server', -440, -360)],
    ['The clock of shop is about 450 ms ahead of that of stock'],
  ],
  [
    'show a call after its caller',
    [span('a', '', 'shop', 'client', 0, 100), span('b', 'a', 'stock', 'server', 260, 340)],
    ['The clock of stock is about 250 ms ahead of that of shop'],
  ],
  [
    'show a message that is read later',
    [span('a', '', 'shop', 'producer', 0, 5), span('b', 'a', 'stock', 'consumer', 900, 950)],
    [],
  ],
  [
    'show a message that is read before it is sent',
    [span('a', '', 'shop', 'producer', 0, 5), span('b', 'a', 'stock', 'consumer', -30, 50)],
    ['The clock of shop is about 30 ms ahead of that of stock'],
  ],
  ['are of one service', [span('a', '', 'shop', 'client', 0, 100), span('b', 'a', 'shop', 'server', -50, 20)], []],
  [
    'are not known',
    [span('a', '', 'shop', 'client', 0, 100), { ...span('b', 'a', 'stock', 'server', -50, -50), timing: 'unfinished' }],
    [],
  ],
])('clocks that %s', (_, spans, said) => {
  expect(skewOf(...spans)).toEqual(said);
});
