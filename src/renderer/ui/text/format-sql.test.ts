import { expect, it } from 'vitest';
import { formatSql } from './format-sql';

it.each([
  ["SELECT a FROM t WHERE b = $1 AND c->>'d' = 'e'", 4],
  ['select `a` from `t` where `b` = ? limit 10', 4],
  ['SELECT TOP 5 [a] FROM [dbo].[t] WHERE b = @p1', 3],
  ['select * from t where id = :id and b in (%s, %(name)s)', 4],
])('lays out %s', (text, lines) => {
  const formatted = formatSql(text)!;
  expect(formatted.split('\n').length).toBeGreaterThanOrEqual(lines);
  expect(formatted.replace(/\s+/g, '')).toBe(text.replace(/\s+/g, ''));
});

it('leaves what was cut off to be shown as it came', () => {
  expect(formatSql("SELECT a FROM t WHERE b IN ('x', 'unended")).toBeNull();
});
