import { expect, it } from 'vitest';
import { narrowLogQuery } from './narrow-log-query';

it('adds a label filter behind the query', () => {
  expect(narrowLogQuery('{service_name="shop"}', 'http_route', '/a"b')).toBe(
    '{service_name="shop"} | http_route="/a\\"b"',
  );
});

it('has the parser of a field in front of it, once, whatever the texts of the query say', () => {
  const first = narrowLogQuery('{a="b"} |= "x | json"', 'user', 'ann', { operator: '!=', kind: 'json' });
  expect(first).toBe('{a="b"} |= "x | json" | json | user!="ann"');
  expect(narrowLogQuery(first, 'n', '7', { kind: 'json' })).toBe(`${first} | n="7"`);
});
