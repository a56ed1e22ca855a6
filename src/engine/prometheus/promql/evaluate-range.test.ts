import { describe, expect, it } from 'vitest';
import { createSeries, type SampleValue } from './create-series';
import { evaluateRange, type RangeRequest } from './evaluate-range';
import { MemorySampleSource } from './memory-sample-source';
import { parsePromql } from './parse-promql';
import type { SelectedSeries } from './terms/sample-source';
import { PROMETHEUS_2_42_RULES } from './terms/semantic-rules';

const MINUTE = 60_000;

/** One sample a minute from time 0; undefined leaves a gap. */
function minutely(labels: Record<string, string>, values: readonly (SampleValue | undefined)[]): SelectedSeries {
  const samples = values.flatMap((value, minute) => (value === undefined ? [] : [[minute * MINUTE, value] as const]));
  return createSeries(labels, samples);
}

async function request(
  query: string,
  source: MemorySampleSource,
  options: Partial<RangeRequest> = {},
): Promise<RangeRequest> {
  const parsed = await parsePromql(query);
  if ('error' in parsed) throw new Error(parsed.error.message);
  return { ast: parsed.ast, query, source, startMs: 0, endMs: 10 * MINUTE, stepMs: MINUTE, ...options };
}

/** `labels` → `minute:value` of every sample. */
async function run(
  query: string,
  source: MemorySampleSource,
  options: Partial<RangeRequest> = {},
): Promise<Record<string, string>> {
  const answer = await evaluateRange(await request(query, source, options));
  if ('error' in answer) throw new Error(answer.error.message);
  const show = ({ labels, times, values }: SelectedSeries) => [
    labels.map(([name, value]) => `${name}=${value}`).join(','),
    Array.from(times, (time, index) => `${time / MINUTE}:${values[index]}`).join(' '),
  ];
  return Object.fromEntries(answer.matrix.map(show));
}

describe('instant selectors', () => {
  const once = new MemorySampleSource([createSeries({ __name__: 'a' }, [[2 * MINUTE, 7]])]);

  it('see a sample for less than the lookback', async () => {
    expect(await run('a', once, { lookbackMs: 3 * MINUTE })).toEqual({ '__name__=a': '2:7 3:7 4:7' });
  });

  it('see it at exactly the lookback under the rules of Prometheus 2', async () => {
    const options = { lookbackMs: 3 * MINUTE, rules: PROMETHEUS_2_42_RULES };
    expect(await run('a', once, options)).toEqual({ '__name__=a': '2:7 3:7 4:7 5:7' });
  });

  it('end at a stale marker and go on after it', async () => {
    const source = new MemorySampleSource([minutely({ __name__: 'a' }, [1, 2, 'stale', undefined, 5])]);
    expect(await run('a', source, { endMs: 4 * MINUTE })).toEqual({ '__name__=a': '0:1 1:2 4:5' });
  });

  it('tell NaN from a stale marker', async () => {
    const source = new MemorySampleSource([minutely({ __name__: 'a' }, [1, Number.NaN])]);
    expect(await run('a', source, { endMs: MINUTE })).toEqual({ '__name__=a': '0:1 1:NaN' });
  });

  it('shift by offset and stand still under @', async () => {
    const source = new MemorySampleSource([minutely({ __name__: 'a' }, [10, 11, 12, 13])]);
    expect(await run('a offset 1m', source, { endMs: 2 * MINUTE })).toEqual({ '__name__=a': '1:10 2:11' });
    expect(await run('a @ end()', source, { endMs: 2 * MINUTE })).toEqual({ '__name__=a': '0:12 1:12 2:12' });
  });
});

describe('ranges', () => {
  const source = new MemorySampleSource([
    minutely({ __name__: 'a_total', x: '1' }, [0, 60, 120, 180, 240, 300, 0, 60, 120]),
  ]);

  it('leave out a sample at their very start', async () => {
    expect(await run('count_over_time(a_total[3m])', source, { startMs: 5 * MINUTE, endMs: 5 * MINUTE })).toEqual({
      'x=1': '5:3',
    });
  });

  it('take it in under the rules of Prometheus 2', async () => {
    const options = { startMs: 5 * MINUTE, endMs: 5 * MINUTE, rules: PROMETHEUS_2_42_RULES };
    expect(await run('count_over_time(a_total[3m])', source, options)).toEqual({ 'x=1': '5:4' });
  });

  it('skip stale markers', async () => {
    const flapping = new MemorySampleSource([minutely({ __name__: 'a' }, [1, 'stale', 3, 'stale'])]);
    expect(await run('sum_over_time(a[5m])', flapping, { startMs: 3 * MINUTE, endMs: 3 * MINUTE })).toEqual({
      '': '3:4',
    });
  });

  it('extrapolate rates and count on over a reset', async () => {
    expect(await run('rate(a_total[3m])', source, { startMs: 5 * MINUTE, endMs: 5 * MINUTE })).toEqual({
      'x=1': '5:1',
    });
    expect(await run('increase(a_total[3m])', source, { startMs: 7 * MINUTE, endMs: 7 * MINUTE })).toEqual({
      'x=1': '7:90',
    });
  });

  it('extrapolate a counter to its zero point only, after comparing with the sample distance', async () => {
    const young = new MemorySampleSource([
      createSeries({ __name__: 'a_total' }, [
        [5 * MINUTE, 10],
        [6 * MINUTE, 20],
        [7 * MINUTE, 30],
      ]),
    ]);
    const at = { startMs: 7 * MINUTE, endMs: 7 * MINUTE };
    // 2 minutes sampled, the zero point a minute before: within half a distance at most, or the whole minute.
    expect(await run('increase(a_total[7m])', young, at)).toEqual({ '': '7:25' });
    expect(await run('increase(a_total[7m])', young, { ...at, rules: PROMETHEUS_2_42_RULES })).toEqual({ '': '7:30' });
  });

  it('fail where a dropped name makes two series alike', async () => {
    const two = new MemorySampleSource([minutely({ __name__: 'a' }, [1, 2]), minutely({ __name__: 'b' }, [1, 2])]);
    const answer = await evaluateRange(await request('rate({__name__=~"a|b"}[5m])', two));
    expect(answer).toMatchObject({
      error: { kind: 'execution', message: 'vector cannot contain metrics with the same labelset' },
    });
  });
});

describe('subqueries', () => {
  it('step at multiples of their step since 1970 and leave out their start', async () => {
    const source = new MemorySampleSource([minutely({ __name__: 'a' }, [0, 1, 2, 3, 4, 5, 6])]);
    const at = { startMs: 6 * MINUTE, endMs: 6 * MINUTE };
    expect(await run('sum_over_time(a[4m:2m])', source, at)).toEqual({ '': '6:10' });
    expect(await run('sum_over_time(a[5m:2m])', source, at)).toEqual({ '': '6:12' });
    expect(await run('count_over_time(a[3m:])', source, { ...at, subqueryStepMs: 30_000 })).toEqual({ '': '6:6' });
  });
});

describe('vector matching', () => {
  const left = ['x', 'y'].map((method) => minutely({ __name__: 'requests', job: 'api', method }, [6, 8]));
  const right = minutely({ __name__: 'limit', job: 'api', team: 'core' }, [2, 4]);
  const source = new MemorySampleSource([...left, right]);

  it('copies labels from the one side', async () => {
    expect(await run('requests / on (job) group_left (team) limit', source, { endMs: MINUTE })).toEqual({
      'job=api,method=x,team=core': '0:3 1:2',
      'job=api,method=y,team=core': '0:3 1:2',
    });
  });

  it('must be told that one series matches many', async () => {
    const answer = await evaluateRange(await request('requests / on (job) limit', source));
    const message = 'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)';
    expect(answer).toMatchObject({ error: { kind: 'execution', message } });
  });

  it('refuses many-to-many with both series named', async () => {
    const answer = await evaluateRange(await request('limit / on (job) requests', source));
    expect('error' in answer && answer.error.message).toMatch(
      /^found duplicate series for the match group \{job="api"\} on the right hand-side of the operation: \[\{.*\}, \{.*\}\];many-to-many/,
    );
  });

  it('refuses a second match also where a comparison filters it out, but not under the rules of Prometheus 2', async () => {
    const answer = await evaluateRange(await request('requests > on (job) limit * 10', source));
    expect(answer).toMatchObject({ error: { kind: 'execution' } });
    expect(await run('requests > on (job) limit * 10', source, { rules: PROMETHEUS_2_42_RULES })).toEqual({});
  });

  it('lets series that follow one another share a match', async () => {
    const follow = new MemorySampleSource([
      minutely({ __name__: 'a', v: '1' }, [1, 1, 'stale']),
      minutely({ __name__: 'a', v: '2' }, [undefined, undefined, 2, 2]),
      minutely({ __name__: 'b' }, [5, 5, 5, 5]),
    ]);
    expect(await run('b * on () a', follow, { endMs: 3 * MINUTE })).toEqual({ '': '0:5 1:5 2:10 3:10' });
  });
});

describe('aggregations', () => {
  const source = new MemorySampleSource([
    minutely({ __name__: 'a', g: '1', i: '1' }, [1, 2, 'stale']),
    minutely({ __name__: 'a', g: '1', i: '2' }, [3, 1, 9]),
    minutely({ __name__: 'a', g: '2', i: '3' }, [5, 5, 5]),
  ]);
  const options = { endMs: 2 * MINUTE };

  it('fold what is present at each step', async () => {
    expect(await run('sum by (g) (a)', source, options)).toEqual({ 'g=1': '0:4 1:3 2:9', 'g=2': '0:5 1:5 2:5' });
    expect(await run('count without (i) (a)', source, options)).toEqual({ 'g=1': '0:2 1:2 2:1', 'g=2': '0:1 1:1 2:1' });
  });

  it('choose the top anew at each step', async () => {
    expect(await run('topk by (g) (1, a)', source, options)).toEqual({
      '__name__=a,g=1,i=1': '1:2',
      '__name__=a,g=1,i=2': '0:3 2:9',
      '__name__=a,g=2,i=3': '0:5 1:5 2:5',
    });
  });

  it('count values under a label', async () => {
    expect(await run('count_values("v", a)', source, options)).toEqual({
      'v=1': '0:1 1:1',
      'v=2': '1:1',
      'v=3': '0:1',
      'v=5': '0:1 1:1 2:1',
      'v=9': '2:1',
    });
  });
});

describe('a query', () => {
  const source = new MemorySampleSource([
    minutely({ __name__: 'a', x: '1' }, [1, 2, 3]),
    minutely({ __name__: 'a' }, [1, 2, 3]),
  ]);

  it('lists series in the order of their labels', async () => {
    expect(Object.keys(await run('a', source))).toEqual(['__name__=a', '__name__=a,x=1']);
  });

  it('reads a selector that occurs twice once', async () => {
    await run('a / a + rate(a[5m])', new MemorySampleSource([]));
    const counting = new MemorySampleSource([]);
    await run('sum(a) / count(a) + sum(rate(a[5m]))', counting);
    expect([...counting.reads.values()]).toEqual([1]);
  });

  it('must not be a string or a range', async () => {
    const message = 'invalid expression type "range vector" for range query, must be Scalar or instant Vector';
    expect(await evaluateRange(await request('a[5m]', source))).toEqual({ error: { kind: 'bad-data', message } });
    expect(await evaluateRange(await request('"text"', source))).toMatchObject({ error: { kind: 'bad-data' } });
  });

  it('is refused when it would hold too many samples', async () => {
    const message = 'query processing would load too many samples into memory in query execution';
    expect(await evaluateRange(await request('a', source, { maxSamples: 20 }))).toEqual({
      error: { kind: 'execution', message },
    });
    expect(await evaluateRange(await request('a', source, { maxSamples: 30 }))).toHaveProperty('matrix');
  });

  it('ends with the cause when its signal aborts', async () => {
    const canceled = { signal: AbortSignal.abort() };
    expect(await evaluateRange(await request('a', source, canceled))).toMatchObject({ error: { kind: 'canceled' } });
    const timedOut = { signal: AbortSignal.abort(new DOMException('too slow', 'TimeoutError')) };
    expect(await evaluateRange(await request('a', source, timedOut))).toEqual({
      error: { kind: 'timeout', message: 'query timed out in expression evaluation' },
    });
  });

  it('tells what looks wrong about it, each once', async () => {
    const answer = await evaluateRange(await request('rate(a[5m]) + on ()\n quantile(2, a)', source));
    expect(answer).toMatchObject({ error: { kind: 'execution' } });
    expect(await evaluateRange(await request('sum(rate(a[5m])) +\n quantile(2, a)', source))).toMatchObject({
      warnings: ['PromQL warning: quantile value should be between 0 and 1, got 2 (2:11)'],
      infos: [
        'PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "a" (1:10)',
      ],
    });
  });
});
