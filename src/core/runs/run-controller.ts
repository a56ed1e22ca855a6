import type { RunReport } from '../../shared/contract/runs';
import type { TimeWindow } from '../../shared/contract/telemetry';
import type { Problem } from '../../shared/problem';
import { markNewFindings, newFingerprints } from '../../shared/run-diff/mark-new-findings';
import type { Finding } from '../../shared/runs/finding';
import { ranInOnePlace } from '../../shared/runs/ran-in-one-place';
import type { Run, RunIdentity } from '../../shared/runs/run';
import type { RunDiff } from '../../shared/runs/run-diff';
import type { RunSummary, RunTelemetry } from '../../shared/runs/run-summary';
import type { RunBook } from './run-book';
import { withLeftOut } from './telemetry/with-left-out';

type Answer<Value> = Value | { problem: Problem };

/** A run of this home, or a summary from a file. */
export type RunSide = { ref: string } | { summary: RunSummary };

/** What the backend in use knows of runs. */
export interface RunTelemetrySource {
  /** Everything that a run has sent, of one that still runs so far. */
  read(run: Run): Promise<RunTelemetry>;
  findings(window: TimeWindow): Promise<{ findings: Finding[]; leftOut: string[] }>;
  /** Resolves when everything that was acknowledged before is visible to queries; false when that took longer. */
  settled(timeoutMs: number): Promise<boolean>;
}

export type CompareRuns = (before: RunSummary, after: RunSummary, options: { force: boolean }) => Answer<RunDiff>;

export interface RunEnd {
  id: string;
  exitCode: number | null;
  signal?: string | undefined;
  /** Unix milliseconds; now where it is left out. */
  endedAt?: number | undefined;
  /** Lines of its output that were too many, or that nobody took. */
  unkeptLines?: number | undefined;
  compare?: RunSide | undefined;
  /** Also with a run of another command, or of which too little matches. */
  force?: boolean | undefined;
}

/** What is left out of a summary that waits no longer: the rest is on its way. */
const settleMs = 10_000;
const unsettled = 'What arrived last: the backend did not make it visible in time.';
/** Kinds of runs in a window that are held against the one before. */
const mostNames = 10;

/** Ends runs, summarises and compares them. What is kept of them is the book's. */
export class RunController {
  constructor(
    private readonly book: RunBook,
    private readonly telemetry: RunTelemetrySource,
    private readonly compare: CompareRuns,
  ) {}

  /** The command of a run has ended: its summary, kept from now on, and what differs from the last run of its name. */
  async end({
    id,
    exitCode,
    signal,
    endedAt,
    unkeptLines = 0,
    compare,
    force = false,
  }: RunEnd): Promise<Answer<RunReport>> {
    // The time of the end is the command's, not when everything is there. It stands at once; the disk is waited for with the rest.
    const writing = this.book.end(id, { exitCode, ...(signal !== undefined && { signal }) }, endedAt);
    const found = this.book.find(id);
    if ('problem' in found) return refusalOf(await writing) ?? found;
    const settled = await this.telemetry.settled(settleMs);
    const [written, summary, previous] = await Promise.all([
      writing,
      this.#summarize(found),
      compare ? null : this.#previous(found),
    ]);
    const unwritten = refusalOf(written);
    if (unwritten) return unwritten;
    if (!settled) summary.telemetry = withLeftOut(summary.telemetry, [unsettled], 'traces', 'lines', 'metrics');
    if (unkeptLines > 0)
      summary.telemetry = withLeftOut(
        summary.telemetry,
        [`${unkeptLines} lines of its output were not kept: there were too many, or nobody took them.`],
        'lines',
      );
    const base = compare ? await this.#side(compare, found) : previous;
    if (base && 'problem' in base) return this.#keepUncompared(summary, base);
    const diff = base && this.compare(base, summary, { force });
    // The last run of a name was of another command: there is nothing to compare with, unless it was asked for.
    if (diff && 'problem' in diff && compare) return this.#keepUncompared(summary, diff);
    const judged = diff && !('problem' in diff) ? diff : null;
    const { traces, spans, errorSpans, services, findings } = summary.telemetry;
    const errorLogs = services.reduce((sum, service) => sum + service.errorLogs, 0);
    const outcome = {
      traces,
      spans,
      errors: errorSpans + errorLogs,
      findings: findings.length,
      verdict: judged?.verdict ?? (diff ? ('incomparable' as const) : ('first' as const)),
    };
    const run = await this.book.finish(id, outcome, summary);
    return 'problem' in run ? run : { run, summary: markSummary(base, summary), diff: judged };
  }

  /** The kept one; of a run that still runs, or was lost, from what is there. `before` as in `RunBook.find`. */
  async summary(ref: string, before?: Run): Promise<Answer<RunSummary>> {
    const run = this.book.find(ref, before);
    if ('problem' in run) return run;
    return (await this.book.summaryOf(run)) ?? (await this.#summarize(run));
  }

  /** The same, its findings marked that the last run of its name had not. */
  async markedSummary(ref: string): Promise<Answer<RunSummary>> {
    const run = this.book.find(ref);
    if ('problem' in run) return run;
    const summary = await this.summary(run.id);
    return 'problem' in summary ? summary : markSummary(await this.#previous(run), summary);
  }

  async diff(before: RunSide, after: RunSide, force: boolean): Promise<Answer<RunDiff>> {
    const [one, other] = [await this.#side(before), await this.#side(after)];
    if ('problem' in one) return one;
    return 'problem' in other ? other : this.compare(one, other, { force });
  }

  async findings(
    of: { ref: string } | { window: TimeWindow },
  ): Promise<Answer<{ findings: Finding[]; leftOut: string[] }>> {
    if ('window' in of) {
      const [found, fresh] = await Promise.all([this.telemetry.findings(of.window), this.#newOf(of.window)]);
      return { ...found, findings: markNewFindings(found.findings, fresh) };
    }
    const summary = await this.markedSummary(of.ref);
    if ('problem' in summary) return summary;
    const { findings, leftOut } = summary.telemetry;
    return { findings, leftOut };
  }

  /** What differs from the last run of its name; null where there is none before it, or the two cannot be compared. */
  async againstPrevious(run: Run): Promise<RunDiff | null> {
    const [before, summary] = [await this.#previous(run), await this.summary(run.id)];
    if (!before || 'problem' in summary) return null;
    const diff = this.compare(before, summary, { force: false });
    return 'problem' in diff ? null : diff;
  }

  settled(timeoutMs: number): Promise<boolean> {
    return this.telemetry.settled(timeoutMs);
  }

  /** What the newest run of each name in the window has, and the one before it had not. */
  async #newOf({ from, to }: TimeWindow): Promise<Set<string>> {
    const newest = new Map<string, Run>();
    for (const run of this.book.list()) {
      const isIn = run.endedAt !== null && run.endedAt >= from && run.startedAt <= to;
      if (isIn && run.state === 'ended' && !newest.has(run.name) && newest.size < mostNames) newest.set(run.name, run);
    }
    const fresh = [...newest.values()].map(async (run) => {
      const summary = await this.book.summaryOf(run);
      return summary && !('problem' in summary)
        ? newFingerprints(await this.#previous(run), summary)
        : new Set<string>();
    });
    return new Set((await Promise.all(fresh)).flatMap((each) => [...each]));
  }

  async #side(side: RunSide, before?: Run): Promise<Answer<RunSummary>> {
    return 'summary' in side ? side.summary : this.summary(side.ref, before);
  }

  async #summarize(run: Run): Promise<RunSummary> {
    return { version: 1, run: identityOf(run), telemetry: await this.telemetry.read(run) };
  }

  async #keepUncompared(summary: RunSummary, because: { problem: Problem }): Promise<{ problem: Problem }> {
    const unkept = await this.book.keepSummary(summary);
    return unkept ? { problem: unkept } : because;
  }

  /** Of the newest run before that has the name and ran here, or in another working tree of the repository. */
  async #previous(run: Run): Promise<RunSummary | null> {
    for (const other of this.book.list()) {
      if (other.name !== run.name || other.startedAt >= run.startedAt || other.state !== 'ended') continue;
      if (!ranInOnePlace(other, run)) continue;
      const summary = await this.book.summaryOf(other);
      if (summary && !('problem' in summary)) return summary;
    }
    return null;
  }
}

function markSummary(before: RunSummary | null, summary: RunSummary): RunSummary {
  const findings = markNewFindings(summary.telemetry.findings, newFingerprints(before, summary));
  return { ...summary, telemetry: { ...summary.telemetry, findings } };
}

function refusalOf(answer: Answer<Run>): { problem: Problem } | null {
  return 'problem' in answer ? answer : null;
}

function identityOf({ id, name, command, folder, revision, startedAt, endedAt, exitCode, signal }: Run): RunIdentity {
  return {
    id,
    name,
    command,
    folder,
    ...(revision && { revision }),
    startedAt,
    endedAt,
    exitCode,
    ...(signal !== undefined && { signal }),
  };
}
