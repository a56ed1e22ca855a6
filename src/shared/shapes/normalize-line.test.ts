import { describe, expect, it } from 'vitest';
import { normalizeLine } from './normalize-line';

describe('normalizeLine', () => {
  it.each([
    ['Listening on http://localhost:3417 in 12.4 ms', 'Listening on http://<*> in <*>'],
    ['took 900 ms', 'took <*>'],
    ['took 1.2 s', 'took <*>'],
    ['2026-11-30T08:12:33Z INFO order 17 saved', '<*> INFO order <*> saved'],
    ['{"level":30,"time":1,"msg":"order 17 saved","user":"alice"}', 'order <*> saved'],
    ['{"b":1,"a":2}', 'a=<*> b=<*>'],
    ['level=info msg="order saved" user=alice id=7', 'level=info msg="order saved" user=<*> id=<*>'],
    ['wrote /tmp/x-9a/b.json', 'wrote <*>'],
    ['GET /orders/17 200', 'GET /orders/<*> <*>'],
    ['ids [1, 2, 3] done', 'ids [<*>] done'],
    ['mail to bob@example.com', 'mail to <*>'],
    [
      "TypeError: Cannot read properties of undefined (reading 'price')\n at x",
      "TypeError: Cannot read properties of undefined (reading 'price')",
    ],
    ['\u001b[32mready\u001b[0m', 'ready'],
  ])('%s is %s', (line, template) => {
    expect(normalizeLine(line)).toBe(template);
  });

  it.each(['=', '"', "'", '/a', '<*>', '<*>,', ' ', '1.', '1:', 'a@', 'a=', '-1', '{', 'http://', '\u0000'])(
    'takes no time that grows faster than the line: many %s',
    (piece) => {
      // A pattern that goes back and forth would not end within the test's time.
      expect(normalizeLine(piece.repeat(200_000)).length).toBeLessThanOrEqual(300);
    },
  );
});
