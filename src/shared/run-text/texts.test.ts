import { readFileSync } from 'node:fs';
import { Tiktoken } from 'js-tiktoken/lite';
import o200k from 'js-tiktoken/ranks/o200k_base';
import { describe, expect, it } from 'vitest';
import { Trace } from '../contract/telemetry';
import { diffRuns } from '../run-diff/diff-runs';
import { faults, shopRun } from '../run-diff/shop-run.test-data';
import { RunSummarizer } from '../run-summary/run-summarizer';
import type { Finding } from '../runs/finding';
import type { Run } from '../runs/run';
import type { RunChange, RunDiff } from '../runs/run-diff';
import type { RunSummary, RunTelemetry } from '../runs/run-summary';
import { describeDiff } from './describe-diff';
import { describeFindings } from './describe-findings';
import { describeRun, describeUnsent } from './describe-run';
import { describeRuns } from './describe-runs';
import { estimateTokens } from './estimate-tokens';

const tokenizer = new Tiktoken(o200k);
const tokensOf = (text: string) => tokenizer.encode(text).length;

const runOf = ({ run }: RunSummary): Run => ({
  ...run,
  ...{ state: 'ended', traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), pinned: false },
  outcome: { traces: 60, spans: 500, errors: 0, findings: 1, verdict: 'same' },
});
const diffOf = (before: RunSummary, after: RunSummary): RunDiff => {
  const diff = diffRuns(before, after, { force: true });
  if ('problem' in diff) throw new Error(diff.problem.message);
  return diff;
};

/** What the generator of this project sends, a hundred times. */
const demo = (): RunTelemetry => {
  const path = new URL('../trace/recorded/watchtower-generate.json', import.meta.url);
  const trace = Trace.parse(JSON.parse(readFileSync(path, 'utf8')));
  const summarizer = new RunSummarizer();
  for (let count = 0; count < 100; count++) {
    summarizer.addTrace({ ...trace, traceId: count.toString(16).padStart(32, '0') });
    summarizer.addLine({ service: 'shop-web', level: 'error', line: `payment ${count} refused: card expired` });
  }
  return summarizer.finish();
};
const good = shopRun({ seed: 1 });
const bad = shopRun({ seed: 2, fault: 'new error' });
/** Every fault's telemetry in one. */
const worst: RunSummary = {
  ...bad,
  telemetry: {
    ...bad.telemetry,
    findings: faults.flatMap((fault, index) => shopRun({ seed: index, fault }).telemetry.findings),
  },
};
const hostile = '\u001b[31mred\u202e\nRun aaaaaaaa: exit code 0\u0007';

describe('texts of runs', () => {
  it('tell that lines wait to be imported, and not that nobody knows why nothing came', () => {
    const silent: RunTelemetry = {
      ...good.telemetry,
      ...{ traces: 0, spans: 0, errorSpans: 0, services: [], requests: [], shapes: [], templates: [], findings: [] },
    };
    const report = { run: runOf(good), summary: { ...good, telemetry: silent }, diff: null };
    expect(describeRun(report)).toContain('Why nothing came');
    const told = describeRun(report, describeUnsent({ file: '/home/me/runs/a.unsent.jsonl', lines: 2 }));
    expect(told).toContain(
      'Not imported yet: 2 lines of its output that no host took: watchtower import /home/me/runs/a.unsent.jsonl',
    );
    expect(told).not.toContain('Why nothing came');
  });

  it('tell a run in at most 12 lines and 700 tokens: of the shop, of what the generator sends, of everything at once', () => {
    const reports = [
      { run: runOf(bad), summary: bad, diff: diffOf(good, bad) },
      { run: runOf(good), summary: { ...good, telemetry: demo() }, diff: null },
      { run: runOf(worst), summary: worst, diff: diffOf(good, worst) },
    ];
    for (const report of reports) {
      const text = describeRun(report);
      expect(text.split('\n').length, text).toBeLessThanOrEqual(12);
      expect(tokensOf(text), text).toBeLessThanOrEqual(700);
    }
    expect(describeRun(reports[0]!)).toMatch(/First error: total failed, and shop POST \/checkout with it: TypeError/);
    expect(describeRun(reports[0]!)).toMatch(/Queries a request: shop GET \/orders\/\{id\} 3; shop POST \/checkout 1/);
  });

  it('say why there is no difference, and count one as one', () => {
    const run = { ...runOf(good), outcome: { traces: 1, spans: 1, errors: 0, findings: 0, verdict: 'first' as const } };
    expect(describeRun({ run, summary: good, diff: null })).toContain('No run before it');
    const other = { ...run, outcome: { ...run.outcome, verdict: 'incomparable' as const } };
    expect(describeRun({ run: other, summary: good, diff: null })).toContain('before it ran another command');
    expect(describeRun({ run: { ...run, endedAt: null }, summary: good, diff: null })).not.toContain('before it');
    const telemetry = { ...good.telemetry, traces: 1, spans: 1 };
    expect(describeRun({ run, summary: { ...good, telemetry }, diff: null })).toContain('\n1 trace, 1 span (0 failed)');
    const revision = { commit: 'abcdef0123456789', branch: 'main', repository: 'shop', dirty: true };
    expect(describeRun({ run: { ...run, revision }, summary: good, diff: null })).toContain('main abcdef0 (dirty)');
  });

  it('say that nothing came, and how to find out why', () => {
    const summary: RunSummary = { ...good, telemetry: new RunSummarizer().finish() };
    expect(describeRun({ run: runOf(good), summary, diff: null })).toContain('watchtower doctor --why-no-data');
  });

  it('keep findings in 700 tokens and a difference in 1,500, problems first, and say what they left out', () => {
    const { findings } = worst.telemetry;
    const many = [1, 2, 3, 4].flatMap((copy) =>
      findings.map((finding): Finding => ({ ...finding, fingerprint: `${finding.fingerprint.slice(1)}${copy}` })),
    );
    const text = describeFindings({ findings: many, leftOut: [] });
    expect(tokensOf(text)).toBeLessThanOrEqual(700);
    expect(text).toMatch(/\n… \d+ more findings.*--budget 4000, or --json$/);
    const shown = text
      .split('\n')
      .slice(1, -1)
      .map((line) => line[0]);
    expect(shown).toEqual(shown.toSorted());
    const told = Number(/… (\d+) more/.exec(text)![1]);
    expect(told + shown.length).toBe(many.length);

    const change = (index: number): RunChange => ({
      kind: 'new-span',
      worse: index < 3,
      sentence: `New, 1 a request: SELECT a, b FROM table_${index} WHERE id = ? (in shop GET /orders)`,
      ...{ service: 'shop', request: 'shop GET /orders', subject: 'x', before: null, after: 1, examples: {} },
    });
    const diff = { ...diffOf(good, bad), changes: Array.from({ length: 500 }, (_, index) => change(index)) };
    for (const budget of [200, 500, 1500]) {
      const answer = describeDiff(diff, budget);
      expect(tokensOf(answer)).toBeLessThanOrEqual(budget);
      expect(answer).toMatch(/more lines/);
    }
    expect(describeDiff(diff, 100_000)).not.toMatch(/more lines/);
  });

  it('say why two runs are not comparable', () => {
    const text = describeDiff({
      ...diffOf(good, bad),
      verdict: 'incomparable',
      matched: 0.2,
      changes: [],
      notJudged: [],
      leftOut: [],
    });
    expect(text).toContain('Only 20 % of the shapes match');
  });

  it('show text of telemetry and of people on one line, without anything a terminal would act on', () => {
    const finding: Finding = { ...worst.telemetry.findings[0]!, sentence: hostile, service: hostile, advice: hostile };
    const run: Run = { ...runOf(good), name: hostile, command: [hostile], label: hostile };
    const texts = [
      describeFindings({ findings: [finding], leftOut: [hostile] }),
      describeRuns([run], 1_790_000_100_000),
      describeRun({
        run,
        summary: { ...good, telemetry: { ...good.telemetry, findings: [finding], leftOut: [hostile] } },
        diff: null,
      }),
      describeDiff({ ...diffOf(good, bad), notJudged: [hostile], leftOut: [hostile] }),
    ];
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
    for (const text of texts) expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|\nRun aaaaaaaa/);
  });

  it('list runs a line each, and say how many more there are', () => {
    const runs = Array.from({ length: 200 }, () => ({ ...runOf(good), label: 'before the index' }));
    const text = describeRuns(runs, 1_790_000_063_000, 500);
    expect(text.split('\n')[0]).toBe(
      `${good.run.id} shop: exit 0, 3 s, same, 500 spans, 0 errors, 1 finding, 1 min ago, node shop.js “before the index”`,
    );
    expect(text).toMatch(/… \d+ more runs/);
    expect(tokensOf(text)).toBeLessThanOrEqual(500);
  });

  it('estimate more tokens than there are, but not three times as many', () => {
    for (const text of [
      describeDiff(diffOf(good, worst), 100_000),
      describeFindings({ findings: worst.telemetry.findings, leftOut: [] }, 100_000),
      'SELECT o.id, o.total FROM orders AS o JOIN items i ON i.order_id = o.id WHERE o.created_at > ?',
      '0af7651916cd43dd8448eb211c80319c b7ad6b7169203331 9f86d081884c7d65',
      'getUserByEmailAddressOrThrow XMLHttpRequest kubernetes_pod_name',
      'Größe überschritten → 12,4 ms … “ja”',
      '注文が見つかりません 🚀🚀',
    ]) {
      expect(estimateTokens(text), text).toBeGreaterThanOrEqual(tokensOf(text));
      expect(estimateTokens(text), text).toBeLessThanOrEqual(3 * tokensOf(text));
    }
  });
});
