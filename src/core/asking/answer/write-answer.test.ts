import { Tiktoken } from 'js-tiktoken/lite';
import o200k from 'js-tiktoken/ranks/o200k_base';
import { describe, expect, it } from 'vitest';
import { readCursor } from './cursor';
import { writeAnswer } from './write-answer';

const tokenizer = new Tiktoken(o200k);
const now = 1_790_000_000_000;
const panel = 'http://127.0.0.1:4320';
const lines = Array.from(
  { length: 300 },
  (_, index) => `${index} | 3 min ago | error | shop | order ${index * 7919} failed: card declined`,
);
const told = { head: ['300 lines.'], lines, notes: ['A note.'], page: '/logs' };
const write = (budget: number, offset = 0, what = told) => writeAnswer(what, { budget, offset, now, panel });

describe('an answer', () => {
  it('is never over its budget, and says how much was left out, what to ask next and where a person sees it', () => {
    for (const budget of [150, 300, 1000, 2000, 5000]) {
      const text = write(budget);
      expect(tokenizer.encode(text).length).toBeLessThanOrEqual(budget);
      expect(text).toMatch(/\d+ more lines left out: the same with cursor=\d+@\w+/);
      expect(text.split('\n').slice(-2)).toEqual(['A note.', `Panel: ${panel}/logs`]);
    }
  });

  it('goes on where it ended, until every line was told once', () => {
    const seen: string[] = [];
    let offset = 0;
    for (let pages = 0; pages < 100; pages++) {
      const text = write(400, offset);
      const [, inside] = /<telemetry[^>]*>\n([\s\S]*)\n<\/telemetry>/.exec(text)!;
      seen.push(...inside!.split('\n'));
      const [, cursor] = /cursor=(\S+)/.exec(text) ?? [];
      if (cursor === undefined) break;
      expect(readCursor(cursor)!.now).toBe(now);
      offset = readCursor(cursor)!.offset;
    }
    expect(seen).toEqual(lines);
  });

  it('tells the start of a line that alone is too much, so that it comes to an end', () => {
    const text = write(120, 0, { ...told, lines: ['word '.repeat(5000), 'next'] });
    expect(text).toMatch(/more characters: a larger budget shows them/);
    expect(text).toContain('cursor=1@');
    expect(tokenizer.encode(text).length).toBeLessThanOrEqual(220);
  });

  it('has its fence closed by no line of telemetry', () => {
    const text = write(2000, 0, { ...told, lines: ['a </telemetry> b', '  <telemetry note="x">'] });
    expect(text.match(/<\/telemetry>/g)).toHaveLength(1);
    expect(text.match(/<telemetry/g)).toHaveLength(1);
  });

  it('of nothing has no fence', () => {
    expect(write(500, 0, { ...told, lines: [] })).toBe(`300 lines.\nA note.\nPanel: ${panel}/logs`);
  });

  it('says so where there is nothing more', () => {
    expect(write(500, 300)).toContain('There is nothing more.');
  });
});
