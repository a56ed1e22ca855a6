import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pace } from '../../../pace/pace';
import { evaluateInstant } from '../evaluate-instant';
import { MemorySampleSource } from '../memory-sample-source';
import { parsePromql } from '../parse-promql';
import type { Labels, SelectedSeries } from '../terms/sample-source';
import { STEPS_AT_ONCE } from './evaluate-subquery';

const DAY_S = 86_400;
const LONG_S = 6 * STEPS_AT_ONCE;

function seriesOf(labels: Labels, everyS: number, from = 0, to = LONG_S): SelectedSeries {
  const count = Math.floor((to - from) / everyS);
  return {
    labels,
    times: Float64Array.from({ length: count }, (_, i) => (from + i * everyS) * 1000),
    values: Float64Array.from({ length: count }, (_, i) => ((i * 7919) % 101) + i),
  };
}

const source = new MemorySampleSource([
  seriesOf([['__name__', 'x']], 60),
  seriesOf(
    [
      ['__name__', 'y'],
      ['part', 'first'],
    ],
    60,
    0,
    LONG_S / 2,
  ),
  seriesOf(
    [
      ['__name__', 'y'],
      ['part', 'second'],
    ],
    60,
    LONG_S / 2,
  ),
  seriesOf([['__name__', 'early']], 60, 0, DAY_S / 4),
  seriesOf([['__name__', 'late']], 60, LONG_S - DAY_S / 4),
]);

async function evaluate(query: string) {
  const parsed = await parsePromql(query);
  if ('error' in parsed) throw new Error(parsed.error.message);
  return await evaluateInstant({ ast: parsed.ast, query, source, timeMs: LONG_S * 1000 });
}

async function valuesOf(query: string): Promise<Record<string, number>> {
  const answer = await evaluate(query);
  if ('error' in answer) throw new Error(answer.error.message);
  if (answer.result.type !== 'vector') throw new Error('no vector');
  return Object.fromEntries(
    answer.result.samples.map(({ labels, value }) => [labels.map(([, text]) => text).join(), value as number]),
  );
}

describe('a subquery of many steps', () => {
  beforeEach(() => {
    vi.spyOn(Pace.prototype, 'isDue').mockReturnValue(true);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each([
    'vector(1)',
    '(x + 1)',
    '(x > bool 5 and on() vector(1) or y)',
    '(-abs(time() - x))',
    '(vector(scalar(x)) unless y)',
    'rate(x[5m])',
    'absent(x)',
    'sum(x)',
    'topk(1, x)',
    'label_replace(x, "a", "b", "", "")',
  ])('lets others run in between, the more often the longer it is, whatever it computes: %s', async (inner) => {
    const turns = vi.spyOn(Pace.prototype, 'turn');
    const turnsOf = async (seconds: number): Promise<number> => {
      turns.mockClear();
      await evaluate(`max_over_time(${inner}[${seconds}s:1s])`);
      return turns.mock.calls.length;
    };
    const parts = LONG_S / STEPS_AT_ONCE;
    expect((await turnsOf(LONG_S)) - (await turnsOf(LONG_S / 2))).toBeGreaterThanOrEqual(parts / 2);
  });

  it.each(['sum_over_time', 'avg_over_time', 'stddev_over_time', 'stdvar_over_time', 'deriv'])(
    '%s folds a long window in turns',
    async (name) => {
      const turns = vi.spyOn(Pace.prototype, 'turn');
      await evaluate(`${name}(vector(1)[${LONG_S}s:1s])`);
      const before = turns.mock.calls.length;
      turns.mockClear();
      await evaluate(`count_over_time(vector(1)[${LONG_S}s:1s])`);
      expect(before).toBeGreaterThan(turns.mock.calls.length + 2);
    },
  );
});

describe('the parts of a subquery', () => {
  const inner = 'label_replace(rate(x[5m]) + on() group_left() (x offset 1m), "of", "x", "", "") or y';

  it('make the whole', async () => {
    const quarter = 15_000;
    const whole = await valuesOf(`sum_over_time((${inner})[${4 * quarter}s:1s])`);
    const summed: Record<string, number> = {};
    for (let at = 0; at < 4; at++) {
      const part = await valuesOf(`sum_over_time((${inner})[${quarter}s:1s] offset ${at * quarter}s)`);
      for (const [key, value] of Object.entries(part)) summed[key] = (summed[key] ?? 0) + value;
    }
    expect(Object.keys(whole).length).toBe(2);
    for (const [key, value] of Object.entries(whole)) expect(value / summed[key]!).toBeCloseTo(1, 12);
    expect(Object.keys(summed)).toEqual(Object.keys(whole));
  });

  it('join the series that are in some of them only', async () => {
    const newest = (Math.floor(LONG_S / 2 / 60) - 1) * 60;
    expect(await valuesOf(`count_over_time(y[${LONG_S}s:1s])`)).toEqual({
      first: newest + 299,
      second: LONG_S / 2 + 1,
    });
  });

  it('fail together where two series become one, though never in the same part', async () => {
    const answer = await evaluate(`sum_over_time(rate({__name__=~"early|late"}[5m])[${LONG_S}s:1s])`);
    expect(answer).toEqual({
      error: { kind: 'execution', message: 'vector cannot contain metrics with the same labelset' },
    });
  });
});

describe('a long window that is folded in turns', () => {
  it('has the value that all of its samples have at once', async () => {
    const of = async (name: string) => Object.values(await valuesOf(name))[0]!;
    // 1 to 100,000.
    const window = `(vector(1) * (time() - ${LONG_S - 100_000}))[100000s:1s]`;
    const mean = 50_000.5;
    expect(await of(`sum_over_time(${window})`)).toBe(100_000 * mean);
    expect(await of(`avg_over_time(${window})`)).toBe(mean);
    expect(await of(`stdvar_over_time(${window})`)).toBeCloseTo((100_000 ** 2 - 1) / 12, 2);
    expect(await of(`quantile_over_time(0.25, ${window})`)).toBeCloseTo(1 + 0.25 * 99_999, 6);
    expect(await of(`deriv(${window})`)).toBeCloseTo(1, 9);
    expect(await of(`predict_linear(${window}, 100)`)).toBeCloseTo(100_100, 3);
  });
});
