import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { readBoundedLines } from './read-bounded-lines';

async function read(chunks: (string | Buffer)[], maxBytes = 10): Promise<(string | null)[]> {
  const lines: (string | null)[] = [];
  const stream = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  for await (const line of readBoundedLines(stream, maxBytes)) lines.push(line);
  return lines;
}

it.each([
  [['a\nb\n'], ['a', 'b']],
  [['a\r\n\r\nb'], ['a', '', 'b']],
  [
    ['ab', 'c\nd', 'e'],
    ['abc', 'de'],
  ],
  [[], []],
  [['\n'], ['']],
])('reads %j as %j', async (chunks, lines) => {
  expect(await read(chunks)).toEqual(lines);
});

it('joins a character that two chunks share', async () => {
  const [first, second] = [Buffer.from('ä').subarray(0, 1), Buffer.from('ä').subarray(1)];
  expect(await read([first, second])).toEqual(['ä']);
});

it('ends at the first line that is too long, also one that never ends', async () => {
  expect(await read(['ok\n01234567890\nmore\n'])).toEqual(['ok', null]);
  let chunks = 0;
  const endless = async function* () {
    for (;;) {
      chunks++;
      yield Buffer.alloc(4);
    }
  };
  const lines: (string | null)[] = [];
  for await (const line of readBoundedLines(endless(), 10)) lines.push(line);
  expect(lines).toEqual([null]);
  expect(chunks).toBe(3);
});
