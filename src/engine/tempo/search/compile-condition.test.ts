import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '../../store/open-test-store';
import { loadTraces } from '../store/load-traces';
import type { LoadedTrace } from '../store/loaded-trace';
import { parseTraceId } from '../store/trace-id';
import { A, B, C, D, testTraces } from '../test-telemetry';
import { matchesSpan } from '../traceql/evaluate/evaluate-field';
import { parseTraceql } from '../traceql/parse/parse-traceql';
import { ConditionCompiler } from './compile-condition';

let store: TestStore;
let traces: LoadedTrace[];

beforeAll(async () => {
  store = await openTestStore();
  await store.ingestJson('traces', testTraces(1_760_000_000_000));
  const ids = [A, B, C, D].map((id) => parseTraceId(id)!);
  traces = await loadTraces(store.reader, ids, { attributes: true, events: true });
});
afterAll(() => store.close());

const values: readonly (readonly [string, readonly string[]])[] = [
  ['.http.status_code', ['200', '500', '404.5', '"200"']],
  ['span.db.rows', ['12', '100', '-1', '1.5']],
  ['.amount', ['19.99', '20']],
  ['.cached', ['true', 'false']],
  ['.tags', ['"vip"', '"new"', '"x"']],
  ['.sizes', ['1', '3', '9']],
  ['.shared', ['"span"', '"resource"']],
  ['resource.region', ['"eu"', '"us"']],
  ['resource.service.name', ['"orders"', '"gateway"']],
  ['event.threshold', ['100', '5']],
  ['link.why', ['"same cart"']],
  ['instrumentation.tier', ['"orders"']],
  ['name', ['"SELECT"', '"health"', '""']],
  ['statusMessage', ['"card declined"', '""']],
  ['event:name', ['"retry"', '"slow query"']],
  ['instrumentation:name', ['"lib-orders"']],
  ['duration', ['1s', '300ms', '-1s', '1.5ns']],
  ['status', ['error', 'ok', 'unset']],
  ['kind', ['client', 'server', 'consumer']],
  ['rootName', ['"POST /pay"', '""']],
  ['rootServiceName', ['"gateway"', '"payments"', '""']],
  ['traceDuration', ['600ms']],
  ['span:childCount', ['0', '2']],
  ['trace:id', ['"a000"', '"a0000000000000000000000000000"', '"b00000000000000000000000000000"', '"d04"', '"c0001"']],
];
const texts = new Set([
  '.http.status_code',
  '.tags',
  '.shared',
  'resource.region',
  'resource.service.name',
  'name',
  'statusMessage',
  'rootName',
  'rootServiceName',
  'event:name',
  'trace:id',
]);

const comparison = fc.constantFrom(...values).chain(([field, literals]) =>
  fc
    .tuple(fc.constantFrom(...literals), fc.constantFrom('=', '!=', '<', '>=', '=~'), fc.boolean())
    .map(([literal, wanted, turned]) => {
      const isWord = /^[a-z]+$/.test(literal);
      const operator =
        wanted === '=~' && !(literal.startsWith('"') && texts.has(field))
          ? '='
          : isWord && (wanted === '<' || wanted === '>=')
            ? '!='
            : wanted;
      if (operator === '=~') return `${field} =~ ${literal.replace(/"$/, '.*"')}`;
      return turned ? `${literal} ${operator} ${field}` : `${field} ${operator} ${literal}`;
    }),
);
const existence = fc.constantFrom(
  '.db.rows != nil',
  '.shared = nil',
  'event.threshold != nil',
  'resource.shared = nil',
  '.cached',
  'nestedSetParent < 0',
);
const expression: fc.Arbitrary<string> = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    comparison,
    existence,
    fc
      .tuple(tie('expression'), fc.constantFrom('&&', '||'), tie('expression'))
      .map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
    tie('expression').map((inner) => `!(${inner})`),
  ),
})).expression;

test('the SQL of any filter selects the spans that match, and of an inexact one at least those', async () => {
  let exact = 0;
  await fc.assert(
    fc.asyncProperty(expression, async (text) => {
      const parsed = parseTraceql(`{ ${text} }`);
      if ('kind' in parsed || parsed.stages[0]?.type !== 'filter') throw new Error(`${text} did not parse`);
      const filter = parsed.stages[0].expression;
      const matching = traces.flatMap((trace) =>
        trace.spans.filter((span) => matchesSpan(filter, trace, span)).map(({ seq }) => seq),
      );
      const condition = await new ConditionCompiler(store.reader).compile(filter);
      const rows = await store.reader.database.rows<{ seq: bigint }>(
        `SELECT seq FROM spans s WHERE ${condition.sql({ from: 0n, to: 1_000n })}`,
      );
      const selected = new Set(rows.map(({ seq }) => seq));
      if (condition.exact) {
        exact++;
        expect([...selected].sort()).toEqual(matching.sort());
      } else expect(matching.filter((seq) => !selected.has(seq))).toEqual([]);
    }),
    { numRuns: 400 },
  );
  expect(exact).toBeGreaterThan(200);
}, 60_000);
