import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunReport } from '../../shared/contract/runs';
import type { Problem } from '../../shared/problem';
import { diffRuns } from '../../shared/run-diff/diff-runs';
import { countFindings, linesOfFindings, rankFindings } from '../../shared/run-text/describe-findings';
import type { Finding } from '../../shared/runs/finding';
import type { Run } from '../../shared/runs/run';
import type { RunSummary, RunTelemetry } from '../../shared/runs/run-summary';
import { RunBook } from './run-book';
import { RunController, type RunTelemetrySource } from './run-controller';

let home: string;
let book: RunBook;
let isSettled: boolean;
let failed: number;
let found: Finding[];
let now = 1_000_000;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'wt-run-controller-'));
  book = await RunBook.open({
    home,
    now: () => now,
    identify: async (pid) => ({ pid, started: 'once' }),
    onUnkept() {},
  });
  isSettled = true;
  failed = 0;
  found = [];
});
afterEach(async () => {
  await book.close();
  await rm(home, { recursive: true });
});

const durations = { totalNs: 0, p50Ns: 0, p95Ns: 0, maxNs: 0, samples: [] };
const telemetry = (): RunTelemetry => ({
  ...{ traces: 10, spans: 10, errorSpans: failed },
  services: [{ name: 'shop', spans: 10, errorSpans: failed, logs: 3, errorLogs: 2, metrics: 0 }],
  requests: [{ request: 'shop GET /', count: 10, errors: failed, durations }],
  shapes: [
    {
      ...{ request: 'shop GET /', parent: '', service: 'shop', kind: 'server', name: 'GET /', count: 10 },
      ...{ errors: failed, retries: 0, query: false, durations, examples: [] },
    },
  ],
  ...{ templates: [], metrics: [], findings: found, leftOut: [] },
});
const source: RunTelemetrySource = {
  read: async () => telemetry(),
  findings: async () => ({ findings: found, leftOut: [] }),
  settled: async () => isSettled,
};

async function end(
  told: { name?: string; command?: string[]; folder?: string } = {},
  compare?: { ref: string },
  more: { force?: boolean; endedAt?: number; unkeptLines?: number } = {},
): Promise<RunReport | { problem: Problem }> {
  now += 1_000;
  const run = (await book.begin({
    ...{ name: 'shop', command: ['npm', 'test'], folder: '/shop', ...told },
    ...{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), pid: 1 },
  })) as Run;
  return new RunController(book, source, diffRuns).end({
    id: run.id,
    exitCode: 0,
    ...(compare && { compare }),
    ...more,
  });
}

const report = async (...of: Parameters<typeof end>) => (await end(...of)) as RunReport;

describe('the end of a run', () => {
  it('is summarised, kept and compared with the last run of its name in its folder', async () => {
    const first = await report();
    expect(first).toMatchObject({ diff: null, run: { outcome: { verdict: 'first', traces: 10, errors: 2 } } });
    await report({ name: 'other' });
    await report({ folder: '/elsewhere' });
    failed = 4;
    const second = await report();
    expect(second.diff).toMatchObject({ before: { id: first.run.id }, changes: [{ kind: 'new-errors' }] });
    expect(second.run.outcome).toMatchObject({ verdict: 'worse', errors: 6 });
    expect(await book.summaryOf(second.run)).toEqual(second.summary);
  });

  it('is compared with the run that is named, and never with itself', async () => {
    const first = await report();
    await report();
    expect((await report({}, { ref: 'shop~1' })).diff?.before.id).toBe(first.run.id);
    const before = book.list()[0]!.id;
    expect((await report({}, { ref: 'shop' })).diff?.before.id).toBe(before);
    expect(await end({}, { ref: 'nobody' })).toMatchObject({ problem: { kind: 'unknown-run' } });
  });

  it('cannot be compared where the last run of its name ran another command; asked for, that is refused', async () => {
    await report();
    const other = await report({ command: ['npm', 'start'] });
    expect(other).toMatchObject({ diff: null, run: { outcome: { verdict: 'incomparable' } } });
    expect(await end({}, { ref: 'shop' })).toMatchObject({ problem: { kind: 'run-other-command' } });
    expect(await report({}, { ref: 'shop~1' }, { force: true })).toMatchObject({ diff: { verdict: 'same' } });
  });

  it('is when its command ended, and not later than now nor before it began', async () => {
    const { startedAt } = (await report()).run;
    expect((await report({}, undefined, { endedAt: now + 900 })).run.endedAt).toBe(now);
    now += 5_000;
    const [early, late] = [now + 300, now + 3_600_000];
    expect(startedAt).toBeLessThan(early);
    expect((await report({}, undefined, { endedAt: 1 })).run.endedAt).toBe(now);
    expect((await report({}, undefined, { endedAt: late })).run.endedAt).toBe(now);
  });

  it('says how many lines of its output were not kept, so that nobody counts on them', async () => {
    const { leftOut, cut } = (await report({}, undefined, { unkeptLines: 7 })).summary.telemetry;
    expect(leftOut).toEqual([expect.stringMatching(/^7 lines of its output were not kept/)]);
    expect(cut).toEqual(['lines']);
    expect((await report({}, undefined, { unkeptLines: 0 })).summary.telemetry).toMatchObject({ leftOut: [] });
  });

  it('says that what arrived last may not be in the summary', async () => {
    isSettled = false;
    const { leftOut, cut } = (await report()).summary.telemetry;
    expect(leftOut).toEqual([expect.stringMatching(/^What arrived last/)]);
    expect(cut).toEqual(['lines', 'metrics', 'traces']);
  });
});

describe('what is new', () => {
  const finding = (rule: Finding['rule'], occurrences: number): Finding => ({
    ...{ rule, fingerprint: rule, severity: rule === 'handled-error' ? 'hint' : 'problem', service: 'shop' },
    ...{ sentence: `${rule} of shop`, advice: 'Mend it.', occurrences, traces: occurrences, evidence: [] },
  });
  const orderOf = (findings: readonly Finding[]) => rankFindings(findings).map(({ rule }) => rule);

  it('stands above what was always there, in the end of a run, its summary, its findings and those of a window', async () => {
    found = [finding('failing-span', 1)];
    expect((await report()).summary.telemetry.findings[0]!.isNew).toBeUndefined();
    found = [finding('failing-span', 1), finding('handled-error', 115)];
    const { run, summary } = await report();
    const controller = new RunController(book, source, diffRuns);
    const answers = [
      summary.telemetry,
      ((await controller.markedSummary(run.id)) as RunSummary).telemetry,
      (await controller.findings({ ref: run.id })) as { findings: Finding[] },
      (await controller.findings({ window: { from: now, to: now + 1 } })) as { findings: Finding[] },
    ];
    for (const { findings } of answers) expect(orderOf(findings)).toEqual(['handled-error', 'failing-span']);
    expect(linesOfFindings({ findings: summary.telemetry.findings, leftOut: [] })[0]).toContain(
      '- new handled-error ×115',
    );
    expect(countFindings(summary.telemetry.findings)).toBe('1 problem, 1 hint, 1 of them new');
  });

  it('is new once, is not kept with the run, and never of another command', async () => {
    await report();
    found = [finding('failing-span', 1), finding('handled-error', 115)];
    const { run } = await report();
    const kept = (await book.summaryOf(run)) as RunSummary;
    expect(kept.telemetry.findings.some((each) => 'isNew' in each)).toBe(false);
    expect(orderOf((await report()).summary.telemetry.findings)).toEqual(['failing-span', 'handled-error']);
    found = [finding('retry-storm', 1)];
    const other = await report({ command: ['npm', 'start'] });
    expect(other.summary.telemetry.findings[0]!.isNew).toBeUndefined();
  });
});
