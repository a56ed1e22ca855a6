import { describe, expect, it } from 'vitest';
import type { Run } from '../../shared/runs/run';
import { resolvePopulations } from './resolve-populations';

const now = 10_000_000;
const run = { id: 'abcdefgh', startedAt: 1_000_000, endedAt: 2_000_000 } as Run;
const findRun = (ref: string) =>
  ref === 'shop' ? run : { problem: { kind: 'run-missing' as never, message: `There is no run ${ref}.` } };
const resolve = (input: Parameters<typeof resolvePopulations>[0]) => resolvePopulations(input, findRun, now);

describe('resolvePopulations', () => {
  it('holds a selection against everything else of its window', () => {
    const window = { from: 1, to: 2 };
    expect(resolve({ signal: 'traces', selection: { window, errors: true }, against: { kind: 'rest' } })).toEqual({
      signal: 'traces',
      selection: { window, errors: true },
      against: { window },
    });
  });

  it('means the last hour without a window, and of a run its own time', () => {
    expect(resolve({ signal: 'logs', selection: {}, against: { kind: 'rest' } })).toMatchObject({
      selection: { window: { from: now - 3_600_000, to: now + 1000 } },
    });
    expect(resolve({ signal: 'traces', selection: { run: 'shop', errors: true }, against: { kind: 'rest' } })).toEqual({
      signal: 'traces',
      selection: { runId: 'abcdefgh', errors: true, window: { from: 940_000, to: 2_060_000 } },
      against: { runId: 'abcdefgh', window: { from: 940_000, to: 2_060_000 } },
    });
  });

  it('asks the same of another window', () => {
    const [window, before] = [
      { from: 5, to: 9 },
      { from: 1, to: 5 },
    ];
    const against = { kind: 'window', window: before } as const;
    expect(resolve({ signal: 'traces', selection: { window, query: '{}' }, against })).toMatchObject({
      against: { window: before, query: '{}' },
    });
  });

  it('refuses what cannot be with its reason', () => {
    const refusal = (selection: object, signal: 'traces' | 'logs' = 'traces') =>
      resolve({ signal, selection, against: { kind: 'rest' } });
    expect(refusal({ run: 'gone' })).toEqual({ problem: { kind: 'run-missing', message: 'There is no run gone.' } });
    expect(refusal({ window: { from: 2, to: 1 } })).toMatchObject({
      problem: { message: expect.stringContaining('ends before it begins') },
    });
    expect(refusal({ slowerThanMs: 9, fasterThanMs: 1 })).toMatchObject({
      problem: { hint: expect.stringContaining('shorter duration') },
    });
    expect(refusal({ slowerThanMs: 9 }, 'logs')).toMatchObject({
      problem: { message: expect.stringContaining('no duration') },
    });
  });
});
