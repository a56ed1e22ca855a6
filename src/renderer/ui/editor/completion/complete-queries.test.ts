import { describe, expect, it } from 'vitest';
import { completeLogql } from './complete-logql';
import { completePromql } from './complete-promql';
import { completeTraceql } from './complete-traceql';
import { testNames } from './test-names';

const completers = { completeTraceql, completeLogql, completePromql };

/** What is offered behind this text, and where what is chosen would begin. */
async function offered(language: keyof typeof completers, text: string, explicit = false) {
  const request = { text, explicit, signal: new AbortController().signal };
  const found = await completers[language](request, testNames);
  return { from: found?.from, labels: found?.offers.map(({ label }) => label) ?? [] };
}

describe('TraceQL at the caret', () => {
  it.each([
    ['{ ', true, 2, 'span.http.route'],
    ['{ resource.serv', false, 2, 'resource.service.name'],
    ['{ name = "a" && sta', false, 16, 'status'],
    ['{ resource.service.name = ', false, 26, 'value of resource.service.name, no quote, '],
    ['{ resource.service.name = "pay', false, 27, 'value of resource.service.name, ", pay'],
    ['{ status = ', false, 11, 'error'],
    ['{ span:kind = cl', false, 14, 'client'],
    ['{ span.http.route ', true, 18, '=~'],
    ['{ name = "a" ', true, 13, '&&'],
    ['{} | ra', false, 5, 'rate'],
    ['{} | avg(', true, 9, 'duration'],
    ['{} | rate() by (res', false, 16, 'resource.service.name'],
    ['{} | rate() ', true, 12, 'with'],
    ['{} | rate() with (', true, 18, 'exemplars=true'],
    ['', true, 0, '{'],
  ])('%s', async (text, explicit, from, label) => {
    const found = await offered('completeTraceql', text, explicit);
    expect(found.from).toBe(from);
    expect(found.labels).toContain(label);
  });

  it.each(['{ duration > ', '{ name = "a" } | select("', '{ resource.a = 1 '])(
    'offers nothing unasked in %s',
    async (text) => {
      expect((await offered('completeTraceql', text)).labels).toEqual([]);
    },
  );
});

describe('LogQL at the caret', () => {
  it.each([
    ['{', false, 1, 'service_name'],
    ['{app="x", ', false, 10, 'service_name'],
    ['{service_name="', false, 15, 'value of service_name, ", '],
    ['{service_name=~`pa', false, 16, 'value of service_name, `, pa'],
    ['{a="b"} | ', true, 10, 'json'],
    ['{a="b"} | lev', false, 10, 'field in {a="b"}'],
    ['{a="b"} | json | level = ', false, 25, 'value of level, no quote, '],
    ['{a="b"} ', true, 8, '|='],
    ['{a="b"} | json | unwrap du', false, 24, 'field in {a="b"}'],
    ['sum by (se', false, 8, 'service_name'],
    ['ra', false, 0, 'rate'],
    ['rate({a="b"}[', false, 13, '5m'],
  ])('%s', async (text, explicit, from, label) => {
    const found = await offered('completeLogql', text, explicit);
    expect(found.from).toBe(from);
    expect(found.labels).toContain(label);
  });

  it('offers a name once that is a label and a field', async () => {
    const { labels } = await offered('completeLogql', '{a="b"} | se');
    expect(labels.filter((label) => label === 'service_name')).toHaveLength(1);
  });

  it('leaves a searched text alone', async () => {
    expect((await offered('completeLogql', '{a="b"} |= "err')).labels).toEqual([]);
  });
});

describe('PromQL at the caret', () => {
  it.each([
    ['ht', false, 0, 'http_requests_total'],
    ['ra', false, 0, 'rate'],
    ['sum by (', false, 8, 'label of '],
    ['sum(rate(up[5m])) by (', false, 22, 'label of up'],
    ['up{', false, 3, 'label of up'],
    ['up{job="', false, 8, 'value of up job, ", '],
    ["up{job=~'a", false, 9, "value of up job, ', a"],
    ['rate(up[', false, 8, '5m'],
    ['rate(up[5m]) ', true, 13, 'offset'],
  ])('%s', async (text, explicit, from, label) => {
    const found = await offered('completePromql', text, explicit);
    expect(found.from).toBe(from);
    expect(found.labels).toContain(label);
  });
});
