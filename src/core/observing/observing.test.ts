import { describe, expect, it } from 'vitest';
import { blankStrings } from './blank-strings';
import { scopeToRun } from './scope-to-run';
import { tellSignal } from './tell-signal';

describe('the language of a query', () => {
  it.each([
    ['{}', 'traces'],
    ['{ status = error }', 'traces'],
    ['{name="GET /"}', 'traces'],
    ['{ name = "GET /" && duration > 1s }', 'traces'],
    ['{ resource.service.name = "shop" } >> { .http.route = "/x" }', 'traces'],
    ['({ status = error } | count() > 2)', 'traces'],
    ['{ span:id = "1" }', 'traces'],
    ['{service_name="shop"}', 'logs'],
    ['{service_name=~"a,b|}", level="error"} |= "boom"', 'logs'],
    ['{app=`x`} | json', 'logs'],
    ['sum(count_over_time({app="x"}[5m]))', 'logs'],
    ['rate({app="x"} |= "}" [5m])', 'logs'],
    ['up', 'metrics'],
    ['sum by (x) (rate(http_requests_total{code="500"}[1m]))', 'metrics'],
    ['{__name__="up"}', 'metrics'],
    ['{"dotted.metric"}', 'metrics'],
    ['rate({__name__=~"a.*"}[5m])', 'metrics'],
  ])('of %s', (query, signal) => {
    expect(tellSignal(query)).toBe(signal);
  });
});

describe('what stands between quotes', () => {
  it('is blank, and every place is kept', () => {
    const query = '{a="}\\"", b=`\\`, c=\'{\'} |= "x"';
    const blank = blankStrings(query);
    expect(blank).toBe('{a="   ", b=` `, c=\' \'} |= " "');
    expect(blank).toHaveLength(query.length);
  });
});

describe('a query of one run', () => {
  const of = (signal: 'traces' | 'logs' | 'metrics', query: string) => scopeToRun({ signal, query }, 'abcdefgh');

  it('holds for every set of spans', () => {
    const run = 'resource.watchtower.run.id = "abcdefgh"';
    expect(of('traces', '{}')).toBe(`{ ${run} }`);
    expect(of('traces', '{ name = "}" || kind = server } >> {}')).toBe(
      `{ ( name = "}" || kind = server ) && ${run} } >> { ${run} }`,
    );
  });

  it('keeps its stages in LogQL', () => {
    expect(of('logs', '{a="{"} |= "x" | json')).toBe('{a="{"} | watchtower_run_id="abcdefgh" |= "x" | json');
  });

  it('holds for every selector of PromQL', () => {
    expect(of('metrics', 'sum(rate(a_total{code="5"}[1m])) / b')).toBe(
      'sum(rate(a_total{code="5", watchtower_run_id="abcdefgh"}[1m])) / b{watchtower_run_id="abcdefgh"}',
    );
    expect(of('metrics', 'up{}')).toBe('up{watchtower_run_id="abcdefgh"}');
    expect(of('metrics', 'up{a="b",}')).toBe('up{a="b",watchtower_run_id="abcdefgh"}');
    expect(of('metrics', 'a + on (x) group_left b offset 5m')).toBe(
      'a{watchtower_run_id="abcdefgh"} + on (x) group_left b{watchtower_run_id="abcdefgh"} offset 5m',
    );
  });
});
