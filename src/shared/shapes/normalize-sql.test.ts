import { describe, expect, it } from 'vitest';
import { normalizeSql } from './normalize-sql';

describe('normalizeSql', () => {
  it.each([
    ['select  *\n from t -- all\n where a=1', 'select * from t where a=?'],
    ["INSERT INTO t VALUES (1,'a'),(2,'b'),(3,'c')", 'INSERT INTO t VALUES (?)'],
    ['INSERT INTO t VALUES ($1, $2)', 'INSERT INTO t VALUES (?)'],
    ['SELECT a FROM t WHERE id IN (1, 2, 3)', 'SELECT a FROM t WHERE id IN (?)'],
    ['SELECT a FROM t WHERE id IN (?)', 'SELECT a FROM t WHERE id IN (?)'],
    [
      'SELECT a FROM t WHERE id = %s AND b = %(b)s AND c = :c AND d = @d',
      'SELECT a FROM t WHERE id = ? AND b = ? AND c = ? AND d = ?',
    ],
    [
      'SELECT a::int, "Col1", `t2`.x FROM t1 WHERE b = -5 AND c = 1.5e3',
      'SELECT a::int, "Col1", `t2`.x FROM t1 WHERE b = ? AND c = ?',
    ],
    ["SELECT 'open", 'SELECT ?'],
    ['/* id=12 */ SELECT 1', 'SELECT ?'],
  ])('%s is %s', (statement, normal) => {
    expect(normalizeSql(statement)).toBe(normal);
  });
});
