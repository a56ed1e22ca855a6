import { describe, expect, it } from 'vitest';
import type { LogRecord } from '../../shared/contract/telemetry';
import type { NanoWindow } from '../../shared/requests/window-nanos';
import { pollLines } from './poll-lines';
import { BackendFailure } from './request/backend-failure';

const second = 1_000_000_000n;
const began = 1_000n * second;

function record(timeNs: bigint, line = 'x', service = 'shop'): LogRecord {
  return { timeNs: String(timeNs), line, level: 'info', service, labels: { service_name: service } };
}

/** What a Loki with these lines answers. */
const rangeOf =
  (kept: LogRecord[], asked: NanoWindow[] = []) =>
  async (window: NanoWindow, limit: number) => {
    asked.push(window);
    return kept
      .filter(({ timeNs }) => BigInt(timeNs) >= window.start && BigInt(timeNs) < window.end)
      .sort((a, b) => Number(BigInt(a.timeNs) - BigInt(b.timeNs)))
      .slice(0, limit);
  };
const options = { everyMs: 1, now: () => 1_060_000 };

/** Lines of the next batch that has some: before them the tail says that it is open. */
async function nextLines(tail: ReturnType<typeof pollLines>): Promise<LogRecord[]> {
  for (;;) {
    const { records } = (await tail.next()).value;
    if (records.length > 0) return records;
  }
}

describe('pollLines', () => {
  it('tells each line once, those that come late and those of the same time among them', async () => {
    const kept = [record(began - 1n, 'before'), record(began + 55n * second, 'a')];
    const stop = new AbortController();
    const place = { next: began };
    const tail = pollLines(rangeOf(kept), place, stop.signal, options);
    const next = async () => (await nextLines(tail)).map(({ line }) => line);
    expect(await next()).toEqual(['a']);
    expect(place.next).toBe(began + 55n * second + 1n);
    kept.push(record(began + 55n * second, 'same time'), record(began + 55n * second, 'a', 'another'));
    expect(await next()).toEqual(['same time', 'a']);
    kept.push(record(began + 52n * second, 'late'));
    expect(await next()).toEqual(['late']);
    stop.abort();
    expect((await tail.next()).done).toBe(true);
  });

  it('says once that it is open, after which a line of before that comes late is told as well', async () => {
    const kept = [record(began - second, 'before')];
    const tail = pollLines(rangeOf(kept), { next: began }, new AbortController().signal, {
      ...options,
      now: () => 1_000_000,
    });
    expect((await tail.next()).value).toEqual({ records: [], dropped: 0, opened: true });
    kept.push(record(began - 2n * second, 'late'));
    expect((await nextLines(tail)).map(({ line }) => line)).toEqual(['late']);
  });

  it('reads more lines than fit into one answer, or one look, without leaving any out', async () => {
    const kept = Array.from({ length: 12_345 }, (_, index) => record(began + BigInt(index) * 1_000_000n, `${index}`));
    // More of one time than an answer holds cannot be read; those behind it are.
    const tail = pollLines(rangeOf(kept), { next: began }, new AbortController().signal, options);
    const told: string[] = [];
    while (told.length < kept.length) told.push(...(await nextLines(tail)).map(({ line }) => line));
    expect(told).toEqual(kept.map(({ line }) => line));
  });

  it('goes on behind more lines of one nanosecond than an answer holds', async () => {
    const kept = [
      ...Array.from({ length: 1_500 }, (_, index) => record(began, `${index}`)),
      record(began + 1n, 'behind'),
    ];
    const tail = pollLines(rangeOf(kept), { next: began }, new AbortController().signal, options);
    expect((await nextLines(tail)).at(-1)!.line).toBe('behind');
  });

  it('asks again where the backend does not answer, and ends with a refusal', async () => {
    const answers = [
      new BackendFailure('unavailable', 'no answer'),
      new BackendFailure('unavailable', 'a fault', { status: 503 }),
      [record(began + second)],
      new BackendFailure('unavailable', 'who asks?', { status: 401 }),
    ];
    const range = async () => {
      const answer = answers.shift()!;
      if (answer instanceof Error) throw answer;
      return answer;
    };
    const tail = pollLines(range, { next: began }, new AbortController().signal, options);
    expect(await nextLines(tail)).toHaveLength(1);
    await expect(tail.next()).rejects.toThrow('who asks?');
  });

  it('ends where it is told to', async () => {
    let over = false;
    const kept = [record(began)];
    const tail = pollLines(rangeOf(kept), { next: began }, new AbortController().signal, {
      ...options,
      end: () => over,
    });
    await nextLines(tail);
    over = true;
    expect((await tail.next()).done).toBe(true);
  });
});
