import { expect, it } from 'vitest';
import { call, internal, makeWork, query, server, times } from '../shapes/make-traces.test-data';
import { viewTrace } from '../shapes/trace-view';
import { CallSides } from './call-sides';
import { FindingCollector } from './finding-collector';
import { lookAtTrace } from './look-at-trace';

const nothing = { requests: [], requestCount: 0, templates: [] };
const startMs = 1_790_000_000_000;

/** More kinds of findings than are kept, many names of one kind, and calls whose other half is in another trace. */
const looks = [
  ...times(520, (kind) =>
    server('shop', `GET /${String.fromCharCode(97 + (kind % 26))}${'x'.repeat(kind / 26)}`, {
      below: times(5 + (kind % 3), (id) => query('shop', `SELECT * FROM items WHERE id = ${id}`)),
    }),
  ),
  ...times(30, (id) => internal('shop', `load order ${1000 + id}`)),
  ...times(6, () => call('shop', 'GET http://stock:8080/items', { ms: 50 })),
  ...times(6, () =>
    server('stock', 'GET /items', { attributes: { 'url.path': '/items', 'http.request.method': 'GET' } }),
  ),
].map((work, at) => lookAtTrace(viewTrace(makeWork(work, { startMs: startMs + (at % 7) })), []));

const told = (groups: readonly (typeof looks)[]) => {
  const whole = new FindingCollector();
  const sides = new CallSides();
  const parts = groups.map((group) => {
    const part = new FindingCollector();
    for (const look of group) {
      part.addWithoutCalls(look);
      sides.add(look.halves());
    }
    return part;
  });
  for (const part of parts) whole.addAll(part);
  const found = whole.finish(nothing, sides.lost());
  // A part that was added to another says what it said before.
  const again = new FindingCollector();
  for (const part of parts) again.addAll(part);
  expect(again.finish(nothing, sides.lost())).toEqual(found);
  return found;
};

it('finds the same in whatever groups traces were folded before', () => {
  const collector = new FindingCollector();
  for (const look of looks) collector.add(look);
  const { findings, leftOut } = collector.finish(nothing);
  expect(new Set(findings.map(({ rule }) => rule))).toEqual(
    new Set(['n-plus-one-queries', 'many-names', 'missing-propagation']),
  );
  expect(leftOut).toEqual([expect.stringContaining('beyond 500 findings')]);
  expect(told([looks])).toEqual({ findings, leftOut });
  const small = times(12, (part) => looks.filter((_, at) => at % 12 === part));
  expect(told(small)).toEqual({ findings, leftOut });
  expect(told([looks.slice(300), looks.slice(0, 10), looks.slice(10, 300)])).toEqual({ findings, leftOut });
});
