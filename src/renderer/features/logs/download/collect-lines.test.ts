import { describe, expect, it } from 'vitest';
import { makeLine, someTime } from '../../../test-host/telemetry-data';
import { collectLines } from './collect-lines';

const window = { from: someTime, to: someTime + 20_000 };
const all = Array.from({ length: 12_000 }, (_, index) => makeLine(`line ${index}`, {}, index)).toReversed();
/** As a backend answers: the newest of the window, its end left out. */
const page = async ({ from, to }: { from: number; to: number }, limit: number) =>
  all.filter(({ timeNs }) => msOf(timeNs) >= from && msOf(timeNs) < to).slice(0, limit);
const msOf = (timeNs: string) => Number(BigInt(timeNs) / 1_000_000n);

describe('the lines of a file', () => {
  it('are all of the window, each once, the oldest first', async () => {
    const told: number[] = [];
    const { parts, lines, isCut } = await collectLines(page, window, 'txt', (count) => told.push(count));
    const text = parts.toReversed().join('').trimEnd().split('\n');
    expect([lines, isCut, text.length]).toEqual([12_000, false, 12_000]);
    expect(text[0]).toBe(`${new Date(someTime).toISOString()} INFO shop line 0`);
    expect(text.at(-1)).toContain('line 11999');
    expect(new Set(text).size).toBe(12_000);
    expect(told.length).toBeGreaterThan(2);
  });

  it('are the newest where there are more than may be', async () => {
    const { parts, lines, isCut } = await collectLines(page, window, 'jsonl', () => {}, 7000);
    const records = parts
      .toReversed()
      .join('')
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text));
    expect([lines, isCut, records[0].line, records.at(-1).line]).toEqual([7000, true, 'line 5000', 'line 11999']);
  });

  it('end where one millisecond has more lines than can be told apart', async () => {
    const same = Array.from({ length: 5000 }, () => makeLine('again'));
    const { lines, isCut } = await collectLines(
      async () => same,
      window,
      'txt',
      () => {},
    );
    expect([lines, isCut]).toEqual([5000, true]);
  });
});
