import { describe, expect, test } from 'vitest';
import { checkQuery } from '../check-query';
import { formatExpression } from '../format-expression';
import { parseTraceql } from './parse-traceql';

function filterText(query: string): string {
  const parsed = parseTraceql(query);
  if ('kind' in parsed) return parsed.message;
  const [stage] = parsed.stages;
  return stage?.type === 'filter' ? formatExpression(stage.expression) : (stage?.type ?? '');
}

function message(query: string): string | undefined {
  const parsed = parseTraceql(query);
  return ('kind' in parsed ? parsed : checkQuery(parsed))?.message;
}

describe('expressions follow the precedence of the language', () => {
  test.each([
    ['{ .a + 1 * 2 > 3 }', '(.a + (1 * 2)) > 3'],
    ['{ .a = 1 + 2 }', '.a = (1 + 2)'],
    ['{ .b ^ 2 ^ 3 = 1 }', '(.b ^ (2 ^ 3)) = 1'],
    ['{ -1 < .a }', '-1 < .a'],
    ['{ !(.a = 1) && .b = 2 }', '(!(.a = 1)) && (.b = 2)'],
    ['{ .a || .b && .c }', '(.a || .b) && .c'],
    ['{ .a = nil || nil != .b }', '(.a = nil) || (.b != nil)'],
  ])('%s', (query, text) => expect(filterText(query)).toBe(text));
});

describe('what the published grammar lacks is read all the same', () => {
  test.each([
    ['{ nestedSetParent < 0 }', 'nestedSetParent < 0'],
    ['{ duration > 1h30m }', 'duration > 1h30m0s'],
    ['{ duration > 1d }', 'duration > 24h0m0s'],
    ['{ .ratio > .9 }', '.ratio > 0.9'],
    ['{ span:childCount > 2 }', 'span:childCount > 2'],
    ['{ name = "nestedSetParent 1h30m .9" }', 'name = `nestedSetParent 1h30m .9`'],
    ['{ span.nestedSetParent.9 = 1 }', 'span.nestedSetParent.9 = 1'],
    ['{ span."a b".c = 1 }', 'span."a b.c" = 1'],
  ])('%s', (query, text) => expect(filterText(query)).toBe(text));

  test('hints, whatever their names', () => {
    const parsed = parseTraceql('{} | rate() with (exemplars=true, own=1)');
    expect('hints' in parsed && [...parsed.hints]).toEqual([
      ['exemplars', 'true'],
      ['own', '1'],
    ]);
  });
});

describe('a syntax error tells its place as Tempo does', () => {
  test.each([
    ['{ .a | .b }', 'parse error at line 1, col 6: syntax error: unexpected |'],
    ['{ .a } | { .b', 'parse error at line 1, col 14: syntax error: unexpected $end'],
    ['{ 2 = .b ', 'parse error at line 1, col 10: syntax error: unexpected $end'],
    ['wharblgarbl', 'parse error at line 1, col 1: syntax error: unexpected IDENTIFIER'],
    ['{ status = foo }', 'parse error at line 1, col 12: unknown identifier: foo'],
    ['{ .a = 1\n && }', 'parse error at line 2, col 5: syntax error: unexpected }'],
  ])('%s', (query, text) => expect(message(query)).toBe(text));
});

describe('a mistake in the types is told in the words of Tempo', () => {
  test.each([
    ['{ .a + 1 }', 'span filter field expressions must resolve to a boolean: { .a + 1 }'],
    ['{ name = 1 }', 'binary operations must operate on the same type: name = 1'],
    ['{ status > ok }', 'illegal operation for the given types: status > ok'],
    ['{ name =~ "(" }', 'invalid regex: `(`'],
    ['{ name = nil }', 'name=nil is not valid because intrinsics cannot be nil'],
    ['{} | avg(name) > 1', 'aggregate field expressions must resolve to a number type: avg(name)'],
    ['{} | by(1) | count() > 1', 'grouping field expressions must reference the span: by(1)'],
  ])('%s', (query, text) => expect(message(query)).toBe(text));
});

describe('what is not built is refused by its name', () => {
  test.each([
    ['{} | rate() > 5', '">" on metrics'],
    ['{} | compare({ status = error })', 'compare()'],
  ])('%s', (query, construct) => {
    expect(message(query)).toBe(`${construct} is not in the embedded engine: use the docker backend`);
  });
});

test('a metrics query keeps its function, groups and selections', () => {
  const parsed = parseTraceql(
    '{ .a = 1 } | quantile_over_time(duration, .5, 0.99) by (resource.service.name, name) | topk(3)',
  );
  expect(parsed).toMatchObject({
    metrics: {
      function: 'quantile_over_time',
      field: { name: 'duration' },
      quantiles: [0.5, 0.99],
      by: [{ scope: 'resource', name: 'service.name' }, { name: 'name' }],
      selections: [{ function: 'topk', count: 3 }],
    },
  });
});

describe('what Tempo reads is read', () => {
  test.each([
    ['{ span.resource.id = 1 }', 'span.resource.id = 1'],
    ['{ .parent.x = 1 }', '.parent.x = 1'],
    ['{ .with" "space = 1 }', '."with space" = 1'],
    ['{ span.größe > 1e3 }', 'span.größe > 1000'],
    ['{ .ratio >= 0. }', '.ratio >= 0'],
    ['{ .a = 1 /* why */ && .b = 2 // so\n }', '(.a = 1) && (.b = 2)'],
    ['{ .n = minInt || .n = -9223372036854775808 }', '(.n = -9223372036854775808) || (.n = -9223372036854775808)'],
    ['{ name = "\\u00e9\\x41\\n" }', 'name = `éA\n`'],
  ])('%s', (query, text) => expect(filterText(query)).toBe(text));

  test.each([
    '{} | rate ( )',
    '(count()) > 5',
    '{} | count() > 2 + 1',
    '{} | avg(duration) > -(1s)',
    '({} | rate()) | topk(2)',
  ])('%s', (query) => expect(message(query)).toBeUndefined());
});

describe('what Tempo does not read is refused', () => {
  test.each([
    '{ . foo }',
    'count() > 3 && { true }',
    'coalesce() | { true }',
    'by(.a) && { .b }',
    'select(.a) && { .b }',
    '({ .a } | count() > 1) && { .b }',
    '({ .a } | count() > 1) | count() > 2',
    '{} | rate() | topk(0)',
    '{} | bottomk(3)',
    '{} | quantile_over_time(duration, 1.5)',
    '{} | quantile_over_time(duration, -0.1)',
    '3 > 2',
    '{ nil }',
    '{ .a > nil }',
    '{ name = 9223372036854775808 }',
    '{ .a = "\\q" }',
    '{ .a = "open }',
    '{ .a == 1 }',
    '{} | count() > 1s * 2',
    '',
  ])('%s', (query) => expect(message(query)).toBeDefined());
});

describe('a construct is refused with the way out that there is', () => {
  test.each([
    ['({} | rate()) / ({} | rate())', '"/" on metrics'],
    ['{ parent.a = 1 }', 'parent.a'],
    ['{} | count() + 1 > 2', 'the scalar filter count() + 1 > 2'],
  ])('%s is nowhere', (query, construct) => {
    expect(message(query)).toBe(`${construct} is not in the embedded engine, nor in the Tempo of the docker backend`);
  });
});

describe('long queries', () => {
  test.each(['||', '&&'])('of thousands of conditions joined by %s are read', (operator) => {
    const query = `{ ${Array.from({ length: 4000 }, (_, i) => `.a${i}`).join(operator)} }`;
    expect(message(query)).toBeUndefined();
    expect(message(Array.from({ length: 4000 }, () => '{}').join(operator))).toBeUndefined();
  });

  test.each([
    `{ ${'('.repeat(20_000)}true${')'.repeat(20_000)} }`,
    `{ ${'!'.repeat(20_000)}true }`,
    `{ ${'1+'.repeat(20_000)}1 = 1 }`,
    `${'('.repeat(20_000)}{}${')'.repeat(20_000)}`,
    `${'{}>>'.repeat(20_000)}{}`,
  ])('that nest too deeply are refused', (query) => expect(message(query)).toContain('nested too deeply'));

  test('that are longer than Tempo takes are refused with their length', () => {
    expect(message(`{ name = "${'x'.repeat(140_000)}" }`)).toContain('bytes: at most 131072');
  });
});
