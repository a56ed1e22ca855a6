import { describe, expect, it } from 'vitest';
import { readLogLines } from './read-log-frames';

describe('readLogLines', () => {
  it('joins lines over frames and chunks, each stream by itself', async () => {
    const frame = (stream: number, text: string) => {
      const head = Buffer.alloc(8);
      head[0] = stream;
      head.writeUInt32BE(Buffer.byteLength(text), 4);
      return Buffer.concat([head, Buffer.from(text)]);
    };
    const bytes = Buffer.concat([
      frame(1, '2026-01-01T00:00:00.5Z half'),
      frame(2, '2026-01-01T00:00:01Z oops\n'),
      frame(1, ' way\n2026-01-01T00:00:02Z end'),
    ]);
    const chunks = [bytes.subarray(0, 5), bytes.subarray(5, 40), bytes.subarray(40)];
    const lines = [];
    for await (const line of readLogLines(chunks)) lines.push(line);
    const second = Date.parse('2026-01-01T00:00:00Z');
    expect(lines).toEqual([
      { at: second + 1_000, stream: 'stderr', text: 'oops' },
      { at: second + 500, stream: 'stdout', text: 'half way' },
      { at: second + 2_000, stream: 'stdout', text: 'end' },
    ]);
  });
});
