import { expect, it } from 'vitest';
import { valueShape } from './value-shape';

it.each([
  ['db.query.text', 'select id from orders where id = ?', 'sql'],
  ['db.statement', '/* shop */ UPDATE orders SET paid = true', 'sql'],
  ['anything', 'SELECT a, b\nFROM t', 'sql'],
  ['anything', 'INSERT INTO orders VALUES (1)', 'sql'],
  ['message', 'select one from the list of payments', 'text'],
  ['db.statement', 'GET user:7', 'text'],
  ['db.query.text', '{"find":"orders"}', 'json'],
  ['note', '# Title\n\nSome **bold** words', 'markdown'],
  ['note', '- one\n- two\n\n[docs](https://example.com)', 'markdown'],
  ['note', '# a comment\nof one kind', 'text'],
  ['stack', 'Error: x\n    at a (/app/b.js:1:2)\n    at c', 'text'],
  ['note', '**bold** alone', 'text'],
  ['db.query.text', `select ${'x'.repeat(40_000)}`, 'text'],
])('takes %s: %j as %s', (name, text, kind) => {
  expect(valueShape(name, text).kind).toBe(kind);
});
