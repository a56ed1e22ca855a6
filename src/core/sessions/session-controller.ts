import type { TimeWindow } from '../../shared/contract/telemetry';
import type { Problem } from '../../shared/problem';
import type { Run } from '../../shared/runs/run';
import type { RunDiff } from '../../shared/runs/run-diff';
import type { AssembledDetail } from '../../shared/sessions/assembly/assembled-session';
import type { Wanted } from '../../shared/sessions/assembly/session-assembler';
import type { CostGrouping, CostReport, SessionDetail, SessionList, SessionRun } from '../../shared/sessions/session';
import { type LinkedRun, linkRuns, repositoryOf } from './link-runs';
import { priceEntry, priceSession } from './price-session';
import type { PriceBook } from './prices/price-book';
import { reportCost } from './report-cost';
import type { SessionSource } from './session-source';

type Answer<Value> = Value | { problem: Problem };

export interface SessionParts {
  readonly source: SessionSource;
  readonly prices: PriceBook;
  /** Newest first. */
  readonly runs: () => readonly Run[];
  /** Against the run of its name before it; null where there is none, or nothing to compare. */
  readonly diff: (run: Run) => Promise<RunDiff | null>;
  /** Another text once another answer may be given; undefined where that is not known. */
  readonly version?: () => string | undefined;
  /** Unix milliseconds. */
  readonly now?: () => number;
}

/** Sessions of which the cost of a window is made. */
const mostCounted = 1000;
/** Runs of a session that are compared, the newest. */
const mostCompared = 20;
const mostSentences = 3;
/** Other sessions that may have begun a run of which only the time is known. */
const mostOthers = 10;

/** What sessions did and cost: what the backend tells, with prices, and with the runs of this home. */
export class SessionController {
  private readonly now: () => number;

  constructor(private readonly parts: SessionParts) {
    this.now = parts.now ?? Date.now;
  }

  /** Another text once another answer may be given; undefined where that is not known. */
  version(): string | undefined {
    return this.parts.version?.();
  }

  async list(window: TimeWindow, limit: number, signal?: AbortSignal): Promise<SessionList> {
    const [{ sessions, leftOut }, { table, told }] = await Promise.all([
      this.parts.source.list(window, limit, signal),
      this.parts.prices.read(),
    ]);
    const runs = this.parts.runs();
    return {
      sessions: sessions.map((session) => {
        const repository = repositoryOf(session, runs);
        return { ...priceSession(session, table, this.now()), ...(repository !== undefined && { repository }) };
      }),
      prices: told,
      leftOut: [...leftOut],
    };
  }

  async cost(window: TimeWindow, by: CostGrouping, signal?: AbortSignal): Promise<CostReport> {
    const [{ sessions, leftOut }, { table, told }] = await Promise.all([
      this.parts.source.list(window, mostCounted, signal),
      this.parts.prices.read(),
    ]);
    const runs = this.parts.runs();
    const named = sessions.map((session) => ({ ...session, repository: repositoryOf(session, runs) }));
    return { by, ...window, ...reportCost(named, by, table), prices: told, leftOut: [...leftOut] };
  }

  async show(ref: string, wanted: Wanted, signal?: AbortSignal): Promise<Answer<SessionDetail>> {
    const found = await this.parts.source.find(ref, wanted, signal);
    if (found === null) return { problem: unknownSession(ref) };
    if ('several' in found) return { problem: ambiguousSession(ref, found.several) };
    const { table, told } = await this.parts.prices.read();
    const { session, total, offset, entries, tools } = found;
    const { runs, leftOut } = await this.runsOf(found, signal);
    const repository = repositoryOf(session, this.parts.runs());
    return {
      session: { ...priceSession(session, table, this.now()), ...(repository !== undefined && { repository }) },
      timeline: { total, offset, entries: entries.map((entry) => priceEntry(entry, table)) },
      tools: [...tools],
      runs,
      prices: told,
      leftOut: [...found.leftOut, ...leftOut],
    };
  }

  private async runsOf(
    found: AssembledDetail,
    signal?: AbortSignal,
  ): Promise<{ runs: SessionRun[]; leftOut: string[] }> {
    const linked = linkRuns(found, this.parts.runs());
    const doubtful = await this.doubtful(found, linked, signal);
    const own = linked.filter((link) => !doubtful.has(link));
    const compared = new Set(own.filter(({ run }) => run.state === 'ended').slice(-mostCompared));
    const runs: SessionRun[] = [];
    for (const link of own) runs.push({ ...link, diff: compared.has(link) ? await this.diffOf(link.run) : null });
    const [what, it] = doubtful.size === 1 ? ['1 run', 'it'] : [`${doubtful.size} runs`, 'them'];
    const said = `${what} began while more than one session ran a command: which of these started ${it} is not known.`;
    const leftOut = doubtful.size === 0 ? [] : [said];
    return { runs, leftOut };
  }

  private async diffOf(run: Run): Promise<SessionRun['diff']> {
    const diff = await this.parts.diff(run);
    if (!diff) return null;
    return {
      ...{ before: diff.before.id, verdict: diff.verdict, changes: diff.changes.length },
      worse: diff.changes.filter(({ worse }) => worse).length,
      sentences: diff.changes.slice(0, mostSentences).map(({ sentence }) => sentence),
    };
  }

  /** Of the runs that are known by their time, those that another session may as well have started. */
  private async doubtful(
    { session: { id } }: AssembledDetail,
    linked: readonly LinkedRun[],
    signal?: AbortSignal,
  ): Promise<ReadonlySet<LinkedRun>> {
    const timed = linked.filter(({ by }) => by === 'time');
    const doubtful = new Set<LinkedRun>();
    if (timed.length === 0) return doubtful;
    const window = { from: timed[0]!.run.startedAt - 1000, to: timed.at(-1)!.run.startedAt + 1000 };
    const { sessions } = await this.parts.source.list(window, mostOthers + 1, signal);
    for (const other of sessions.filter((session) => session.id !== id).slice(0, mostOthers)) {
      const detail = await this.parts.source.find(other.id, { limit: 0 }, signal);
      if (!detail || 'several' in detail) continue;
      const theirs = new Set(
        linkRuns(
          detail,
          timed.map(({ run }) => run),
        ).map(({ run }) => run.id),
      );
      for (const link of timed) if (theirs.has(link.run.id)) doubtful.add(link);
    }
    return doubtful;
  }
}

function unknownSession(ref: string): Problem {
  return {
    kind: 'unknown-session',
    message: `There is no session ${JSON.stringify(ref)}.`,
    hint: '`watchtower agent sessions` lists them; what an agent sends is kept as long as other telemetry.',
  };
}

function ambiguousSession(ref: string, several: readonly string[]): Problem {
  return {
    kind: 'session-ambiguous',
    message: `${JSON.stringify(ref)} is the start of ${several.length} sessions' ids.`,
    hint: `Give more of it: ${several.slice(0, 5).join(', ')}${several.length > 5 ? ', …' : ''}.`,
  };
}
