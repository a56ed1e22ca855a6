import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Trace } from '../contract/telemetry';
import { RunSummarizer } from '../run-summary/run-summarizer';
import { Finding, FindingRule } from '../runs/finding';
import { call, internal, type MadeTrace, makeWork, query, server, times } from '../shapes/make-traces.test-data';

const startMs = 1_790_000_000_000;

function findingsOf(traces: readonly MadeTrace[], lines: readonly string[] = []): Finding[] {
  const summarizer = new RunSummarizer();
  for (const trace of traces) summarizer.addTrace(trace);
  for (const line of lines) summarizer.addLine({ service: 'shop', level: 'info', line });
  return summarizer.finish().findings.map((finding) => Finding.parse(finding));
}
const rulesOf = (...args: Parameters<typeof findingsOf>) => findingsOf(...args).map(({ rule }) => rule);

describe('findings of many traces', () => {
  it('are told once, with how often they were seen and where it was worst', () => {
    const loop = (count: number) =>
      makeWork(
        server('shop', 'GET /orders', {
          below: times(count, (id) => query('shop', `SELECT * FROM items WHERE id = ${id}`)),
        }),
      );
    const traces = [6, 9, 5, 7, 8].map(loop);
    const [finding, ...others] = findingsOf(traces);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ occurrences: 5, traces: 5 });
    expect(finding!.sentence).toContain('asks 9 times');
    expect(finding!.evidence.map(({ traceId, count }) => [traceId, count])).toEqual(
      [1, 4, 3].map((index) => [traces[index]!.traceId, traces[index]!.spans.length - 1]),
    );
  });

  it('know a call whose context got lost by its time, method and path', () => {
    const work = server('shop', 'GET /orders', { below: [call('shop', 'GET http://prices/price/7', { ms: 20 })] });
    const other = (at: number, path = '/price/7') =>
      makeWork({ ...server('prices', `GET ${path}`, { ms: 4 }), at }, { startMs });
    const lost = findingsOf([makeWork(work, { startMs }), other(5)]);
    expect(lost).toMatchObject([{ rule: 'missing-propagation', service: 'shop', severity: 'problem' }]);
    expect(lost[0]!.sentence).toBe(
      'shop calls prices with GET /price/<*>, which begins a trace of its own: the context is lost between them',
    );
    expect(rulesOf([makeWork(work, { startMs }), other(300)])).toEqual([]);
    expect(rulesOf([makeWork(work, { startMs }), other(5, '/price/8')])).toEqual([]);
    expect(rulesOf([makeWork(work, { startMs })])).toEqual([]);
  });

  it('tell names of spans that hold ids from twenty on', () => {
    const named = (count: number) => times(count, (id) => makeWork(internal('shop', `load order ${1000 + id}`)));
    expect(findingsOf(named(20))).toMatchObject([
      { rule: 'many-names', sentence: '20 or more names of spans are one kind: load order <*>' },
    ]);
    expect(rulesOf(named(19))).toEqual([]);
    expect(rulesOf(times(40, () => makeWork(internal('shop', 'load order 7'))))).toEqual([]);
    expect(rulesOf(times(40, (id) => makeWork(server('shop', `GET /${'abcdefghijklmnopqrst'[id % 20]}`))))).toEqual([]);
  });

  it('tell a first request that took far longer, and not a slow one among others', () => {
    const run = (durations: readonly number[]) =>
      durations.map((ms, index) =>
        makeWork(server('shop', 'GET /orders', { ms }), { startMs: startMs + 5000 * index }),
      );
    expect(findingsOf(run([900, 20, 22, 19, 21]))).toMatchObject([{ rule: 'slow-start', service: 'shop' }]);
    expect(rulesOf(run([900, 20, 22, 19]))).toEqual([]);
    expect(rulesOf(run([20, 900, 22, 19, 21]))).toEqual([]);
    expect(rulesOf(run([90, 20, 22, 19, 21]))).toEqual([]);
    expect(rulesOf(run([900, 20, 22, 850, 21]))).toEqual([]);
  });

  it('tell a line that comes a thousand times, and twenty times a request', () => {
    const lines = (count: number) => times(count, (id) => `step ${id}`);
    const requests = (count: number) => times(count, () => makeWork(server('shop', 'GET /orders')));
    expect(rulesOf(requests(50), lines(1000))).toEqual(['chatty-logs']);
    expect(rulesOf(requests(50), lines(999))).toEqual([]);
    expect(rulesOf(requests(51), lines(1000))).toEqual([]);
  });
});

describe('findings of recorded traces', () => {
  it.each(['node-express', 'java-http', 'generate-py', 'watchtower-generate'])('are none of %s', (name) => {
    const path = new URL(`../trace/recorded/${name}.json`, import.meta.url);
    expect(findingsOf([Trace.parse(JSON.parse(readFileSync(path, 'utf8')))])).toEqual([]);
  });

  it.each(['node-express-failed', 'python-fastapi'])('are of the failure alone of %s', (name) => {
    const path = new URL(`../trace/recorded/${name}.json`, import.meta.url);
    const rules = rulesOf([Trace.parse(JSON.parse(readFileSync(path, 'utf8')))]);
    expect(rules.length).toBeGreaterThan(0);
    expect(rules.filter((rule) => rule !== 'failing-span' && rule !== 'handled-error')).toEqual([]);
  });
});

describe('docs/findings.md', () => {
  const text = readFileSync(new URL('../../../docs/findings.md', import.meta.url), 'utf8');

  it.each(FindingRule.options)('has a section for %s: what it means, how to mend it, when it is meant so', (rule) => {
    const [, section = ''] = new RegExp(`^## ${rule}\\n([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, 'm').exec(text) ?? [];
    expect(section.length, rule).toBeGreaterThan(200);
    for (const part of ['**Told**', '**Not told**', '**Mend**', '**Meant so**']) expect(section, rule).toContain(part);
  });

  it('has no section of a rule that there is not', () => {
    const rules = [...text.matchAll(/^## ([a-z-]+)$/gm)].map(([, rule]) => rule);
    expect(rules.toSorted()).toEqual(FindingRule.options.toSorted());
  });
});
