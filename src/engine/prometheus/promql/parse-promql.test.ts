import { describe, expect, it } from 'vitest';
import { Pace } from '../../pace/pace';
import { parsePromql } from './parse-promql';
import type { Expression } from './syntax/ast';
import { foldExpression } from './syntax/fold-expression';

async function astOf(query: string): Promise<Expression> {
  const parsed = await parsePromql(query);
  if ('error' in parsed) throw new Error(parsed.error.message);
  return parsed.ast;
}

async function errorOf(query: string): Promise<string> {
  const parsed = await parsePromql(query);
  return 'error' in parsed ? parsed.error.message : 'no error';
}

/** The expression with every operation in brackets. */
function bracket(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return String(expression.value);
    case 'vector-selector':
      return expression.matchers[0]!.value + (expression.offsetMs ? `~${expression.offsetMs / 1000}` : '');
    case 'unary':
      return `(${expression.operator}${bracket(expression.operand)})`;
    case 'binary':
      return `(${bracket(expression.left)} ${expression.operator} ${bracket(expression.right)})`;
    case 'parenthesised':
      return bracket(expression.inner);
    default:
      return expression.kind;
  }
}

describe('operators', () => {
  it.each([
    ['1 + 2 * 3 - 4', '((1 + (2 * 3)) - 4)'],
    ['2 ^ 3 ^ 2', '(2 ^ (3 ^ 2))'],
    ['-2 ^ 2', '(-(2 ^ 2))'],
    ['2 ^ -1 ^ 2', '(2 ^ (-(1 ^ 2)))'],
    ['-a * b', '((-a) * b)'],
    ['a + b offset 5m * c', '(a + (b~300 * c))'],
    ['-a offset 1s', '(-a~1)'],
    ['a or b and c unless d', '(a or ((b and c) unless d))'],
    ['a == b + c > d', '((a == (b + c)) > d)'],
    ['(a + b) * c', '((a + b) * c)'],
    ['a atan2 b % c', '((a atan2 b) % c)'],
    ['1 -2', '(1 - 2)'],
    ['1./6. + .5', '((1 / 6) + 0.5)'],
  ])('bind in %s as %s', async (query, bracketed) => {
    expect(bracket(await astOf(query))).toBe(bracketed);
  });
});

describe('selectors', () => {
  it('carry name, matchers, offset and @ time', async () => {
    expect(await astOf('up{job=~"a|b",zone!=""} offset -1h @ 12.5')).toMatchObject({
      kind: 'vector-selector',
      offsetMs: -3_600_000,
      at: 12_500,
      matchers: [
        { name: '__name__', operator: '=', value: 'up' },
        { name: 'job', operator: '=~', value: 'a|b' },
        { name: 'zone', operator: '!=', value: '' },
      ],
    });
  });

  it('take quoted names', async () => {
    expect(await astOf('{"a metric", "a label"="x"}')).toMatchObject({
      matchers: [
        { name: '__name__', value: 'a metric' },
        { name: 'a label', value: 'x' },
      ],
    });
  });

  it('keep range, step and shift of subqueries', async () => {
    expect(await astOf('(a + b)[1h:30s] @ end() offset 2m')).toMatchObject({
      kind: 'subquery',
      rangeMs: 3_600_000,
      stepMs: 30_000,
      at: 'end',
      offsetMs: 120_000,
    });
  });
});

describe('errors', () => {
  it.each([
    ['', '1:1: parse error: no expression found in input'],
    ['up +', '1:5: parse error: unexpected end of input'],
    ['sum(', '1:5: parse error: unclosed left parenthesis'],
    ['up{a="b"', '1:9: parse error: unexpected end of input inside braces'],
    ['up{a=b}', '1:6: parse error: unexpected identifier "b" in label matching, expected string'],
    ['foo(up)', '1:1: parse error: unknown function with name "foo"'],
    ['rate(up)', '1:6: parse error: expected type range vector in call to function "rate", got instant vector'],
    ['up\n+ rate(up)', '2:8: parse error: expected type range vector in call to function "rate", got instant vector'],
    ['sum(1)', '1:5: parse error: expected type instant vector in aggregation expression, got scalar'],
    ['1 == 2', '1:3: parse error: comparisons between scalars must use BOOL modifier'],
    ['clamp(up, 1)', '1:1: parse error: expected 3 argument(s) in call to "clamp", got 2'],
    ['{a=~".*"}', '1:1: parse error: vector selector must contain at least one non-empty matcher'],
    ['sum(up)[5m]', '1:8: parse error: ranges only allowed for vector selectors'],
    ['up offset 1m offset 2m', '1:1: parse error: offset may not be set multiple times'],
    ['"abc', '1:1: parse error: unterminated quoted string'],
  ])('in %j read as in Prometheus: %s', async (query, message) => {
    expect(await errorOf(query)).toBe(message);
  });

  it.each(['up[1m + 1m]', 'up </ 2', `${'('.repeat(501)}1${')'.repeat(501)}`, `${'-'.repeat(501)}up`])(
    'refuse %s by name and show the way out',
    async (query) => {
      expect(await parsePromql(query)).toMatchObject({ error: { kind: 'unsupported' } });
      expect(await errorOf(query)).toMatch(/: not in the embedded engine: use the docker backend$/);
    },
  );

  it.each([
    'limitk(2, up)',
    'min_of(1, 2)',
    'histogram_quantiles(up, "q", 0.5)',
    'rate(up[5m] smoothed)',
    'up + fill(0) up',
    'step()',
  ])('send nobody to the docker backend for %s, which it refuses as well', async (query) => {
    expect(await parsePromql(query)).toMatchObject({ error: { kind: 'unsupported' } });
    expect(await errorOf(query)).toMatch(/not enabled in a default Prometheus either$/);
  });
});

describe('long chains', () => {
  it.each([
    ['numbers', '1 + ', '1', 10_000],
    ['rates', 'sum(rate(x[5m])) + ', 'x', 10_000],
    ['powers', '2 ^ ', '1', 10_000],
    ['powers of selectors', 'x{i="1"} ^ ', 'x', 10_000],
    ['powers of rates', 'sum(rate(x[5m])) ^ ', 'x', 10_000],
    ['sets', 'x{i="1"} or ', 'x', 10_000],
    ['comparisons with matching', 'a == bool on (job, instance) group_left (version) ', 'b', 2000],
  ])('of %s are read whole', async (_name, link, end, length) => {
    const parsed = await parsePromql(link.repeat(length) + end);
    expect('error' in parsed ? parsed.error.message : parsed.ast.kind).toBe('binary');
    if ('error' in parsed) return;
    const operators = await foldExpression<number>(parsed.ast, new Pace(), ({ kind }, inner) =>
      inner.reduce((sum, count) => sum + count, kind === 'binary' ? 1 : 0),
    );
    expect(operators).toBe(length);
  });
});

describe('texts that the published grammar does not know', () => {
  it.each([
    ['0X1F', 'number'],
    ['offset', 'vector-selector'],
    ['offset offset 5m', 'vector-selector'],
    ['1 + offset', 'binary'],
    ['sum(offset)', 'aggregation'],
    ['2.', 'number'],
    ['{"метрика", "ключ"="x"}', 'vector-selector'],
    ['sum by ("ключ") ({"a.b"})', 'aggregation'],
  ])('%s is read as in Prometheus', async (query, kind) => {
    expect((await astOf(query)).kind).toBe(kind);
  });

  it('keep their names and values', async () => {
    expect(await astOf('0X1F')).toMatchObject({ value: 31 });
    expect(await astOf('offset offset 5m')).toMatchObject({ matchers: [{ value: 'offset' }], offsetMs: 300_000 });
    expect(await astOf('{"метрика", "ключ"="x"}')).toMatchObject({
      matchers: [
        { name: '__name__', value: 'метрика' },
        { name: 'ключ', value: 'x' },
      ],
    });
  });

  it.each([
    ['sum by (inf) (up)', '1:9: parse error: unexpected number "inf" in grouping opts, expected label'],
    ['sum by ("\\xff") (up)', '1:9: parse error: invalid label name "\\udcff"'],
    ['{"\\xff"="a"}', '1:2: parse error: invalid label name "\\udcff"'],
  ])('%j is refused', async (query, message) => {
    expect(await errorOf(query)).toBe(message);
  });

  it.each(['up offset STEP()', 'up offset -step()', 'rate(up[step()])', 'rate(up[range() + 1m])'])(
    '%s is arithmetic in durations',
    async (query) => {
      expect(await errorOf(query)).toBe('arithmetic in durations: not in the embedded engine: use the docker backend');
    },
  );
});
