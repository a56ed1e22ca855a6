import { expect, it } from 'vitest';
import { readWords } from './ask-tool';

it.each([
  [['--service', 'shop', '--error'], { service: 'shop', error: 'true' }],
  [['--service=shop', 'min=200ms'], { service: 'shop', min: '200ms' }],
  [['--query', '{ status = error }', '--budget', '500'], { query: '{ status = error }', budget: '500' }],
  [['--query={ a="b" }'], { query: '{ a="b" }' }],
  [['{"service":"shop","where":{"a":1}}'], { service: 'shop', where: { a: 1 } }],
  [['--error', '--service', 'shop'], { error: 'true', service: 'shop' }],
  [['{ status = error }'], { '{ status = error }': true }],
])('reads the words %j as arguments of a tool', (words, given) => {
  expect(readWords(words)).toEqual(given);
});
