import { expect, test } from 'vitest';
import { readTarget } from './target';

const secretsOf = (headers: Record<string, string>) => {
  const target = readTarget({ id: 'own', endpoint: 'https://otel.example', headers });
  if ('problem' in target) throw new Error(target.problem.message);
  return target.secrets;
};

test('a header value of a few characters is no secret: it would mask the digits of a status', () => {
  expect(secretsOf({ 'x-scope': '1', 'x-version': '10', 'x-org': 'abc' })).toEqual([]);
});

test('longer values and what they consist of are secrets, the longest first', () => {
  expect(secretsOf({ authorization: 'Bearer abcdefgh12', 'x-key': 'k-77' })).toEqual([
    'Bearer abcdefgh12',
    'abcdefgh12',
    'k-77',
  ]);
});
