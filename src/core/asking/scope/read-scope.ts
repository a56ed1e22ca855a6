import type { TimeWindow } from '../../../shared/contract/telemetry';
import { counted } from '../../../shared/counted';
import { formatAgo } from '../../../shared/format-ago';
import { formatDuration } from '../../../shared/format-duration';
import { mostRunsListed } from '../../../shared/runs/most-runs-listed';
import type { Run } from '../../../shared/runs/run';
import { parseSpan } from '../../observing/parse-span';
import type { Refusal } from '../answer/told';
import type { Asking } from '../answer/tool';
import { nearestName } from '../arguments/nearest-name';
import { findNamedAgent } from './find-named-agent';

/** Of when, and of which runs alone. */
export interface Scope {
  window: TimeWindow;
  /** One at least, the newest first; null for everything, whoever sent it. */
  runs: readonly Run[] | null;
  /** Behind "in": "the last 1 h", "run shop (k3f7abcd)", "the last 1 h of 3 runs of codex". */
  words: string;
}

const usualMs = 3_600_000;
/** Every one stands in each query. */
const mostRuns = 20;
/** What a run's programs send when its command has ended. */
const afterMs = 60_000;
const beforeMs = 1_000;
/** Clocks of others are not ours. */
const aheadMs = 2_000;

interface Given {
  since?: string | undefined;
  run?: string | undefined;
  agent?: string | undefined;
}

/** What of an asking says whose, and when. */
type ScopeAsking = Pick<Asking, 'now' | 'signal' | 'asker'> & { host: Pick<Asking['host'], 'client'> };

/** What `since`, `run` and `agent` mean. Throws the contract's error for a run that is not there. */
export async function readScope({ since, run: ref, agent }: Given, asking: ScopeAsking): Promise<Scope | Refusal> {
  const { host, now, signal } = asking;
  const named = agent === undefined ? null : findNamedAgent(agent, asking.asker);
  if (named && 'refused' in named) return named;
  const begun = since === undefined ? null : await readSince(since, asking);
  if (begun && 'refused' in begun) return begun;
  if (ref === undefined) {
    const from = begun ? begun.from : now - usualMs;
    const all: Scope = { window: { from, to: now + aheadMs }, runs: null, words: begun?.words ?? 'the last 1 h' };
    return named ? narrowToAgent(all, named.harness, asking) : all;
  }
  const run = await host.client.runs.get({ ref, ...(named && { agent: named.harness }) }, { signal });
  const window = {
    from: Math.max(run.startedAt - beforeMs, begun?.from ?? 0),
    to: Math.min(now + aheadMs, (run.endedAt ?? now) + afterMs),
  };
  return { window, runs: [run], words: `run ${run.name} (${run.id})${begun ? ` ${begun.words}` : ''}` };
}

async function narrowToAgent(
  { window, words }: Scope,
  harness: string,
  { host, now, signal }: ScopeAsking,
): Promise<Scope | Refusal> {
  const { runs: all } = await host.client.runs.list({ agent: harness, limit: mostRunsListed }, { signal });
  const own = all.filter(({ endedAt }) => (endedAt ?? now) + afterMs >= window.from);
  const runs = own.slice(0, mostRuns);
  if (runs.length > 0) {
    const which =
      own.length > runs.length ? `the newest ${runs.length} of ${own.length} runs` : counted(runs.length, 'run');
    return { window, runs, words: `${words} of ${which} of ${harness}` };
  }
  const [newest] = all;
  return {
    refused: `${harness} has run nothing in ${words}${newest ? `: its newest run, ${newest.id} (${newest.name}), began ${formatAgo(newest.startedAt, now)}` : ''}.`,
    hint: newest
      ? `since=${Math.ceil((now - newest.startedAt) / 3_600_000) + 1}h shows it; without agent everything is told.`
      : 'An agent is known by its runs: `watchtower run -- COMMAND`. Without agent everything is told.',
  };
}

async function readSince(
  given: string,
  { host, now, signal }: ScopeAsking,
): Promise<{ from: number; words: string } | Refusal> {
  const text = given.trim();
  const span = parseSpan(text);
  if (span) return { from: now - span, words: `the last ${formatDuration(span * 1e6)}` };
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) {
    return time < now
      ? { from: time, words: `the time since ${text}` }
      : {
          refused: `since=${text} is still to come.`,
          hint: 'Give a duration such as 15m, a time that is over, or a mark.',
        };
  }
  const { marks } = await host.client.marks.list(undefined, { signal });
  const mark = marks.find(({ name }) => name === text);
  if (mark) return { from: mark.at, words: `the time since mark ${mark.name} (${formatAgo(mark.at, now)})` };
  const near = nearestName(
    text,
    marks.map(({ name }) => name),
  );
  const known = marks.slice(0, 5).map(({ name, at }) => `${name} (${formatAgo(at, now)})`);
  return {
    refused: `since=${JSON.stringify(text.slice(0, 60))} is no duration, no time and no mark${near ? `: did you mean ${near}?` : '.'}`,
    hint:
      known.length > 0
        ? `Marks: ${known.join(', ')}. Or a duration such as 15m.`
        : 'Give a duration such as 15m; `watchtower mark NAME` sets a mark.',
  };
}
