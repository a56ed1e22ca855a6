import type { TimeWindow } from '../../../shared/contract/telemetry';
import { formatAgo } from '../../../shared/format-ago';
import { formatDuration } from '../../../shared/format-duration';
import type { Run } from '../../../shared/runs/run';
import { parseSpan } from '../../observing/parse-span';
import type { Refusal } from '../answer/told';
import type { Asking } from '../answer/tool';
import { nearestName } from '../arguments/nearest-name';

/** Of when, and of which run alone. */
export interface Scope {
  window: TimeWindow;
  run: Run | null;
  /** Behind "in": "the last 1 h", "run shop (k3f7abcd)". */
  words: string;
}

const usualMs = 3_600_000;
/** What a run's programs send when its command has ended. */
const afterMs = 60_000;
const beforeMs = 1_000;
/** Clocks of others are not ours. */
const aheadMs = 2_000;

/** What `since` and `run` mean. Throws the contract's error for a run that is not there. */
export async function readScope(
  { since, run: ref }: { since?: string | undefined; run?: string | undefined },
  asking: Asking,
): Promise<Scope | Refusal> {
  const { host, now, signal } = asking;
  const begun = since === undefined ? null : await readSince(since, asking);
  if (begun && 'refused' in begun) return begun;
  if (ref === undefined) {
    const from = begun ? begun.from : now - usualMs;
    return { window: { from, to: now + aheadMs }, run: null, words: begun?.words ?? 'the last 1 h' };
  }
  const run = await host.client.runs.get({ ref }, { signal });
  const window = {
    from: Math.max(run.startedAt - beforeMs, begun?.from ?? 0),
    to: Math.min(now + aheadMs, (run.endedAt ?? now) + afterMs),
  };
  return { window, run, words: `run ${run.name} (${run.id})${begun ? ` ${begun.words}` : ''}` };
}

async function readSince(
  given: string,
  { host, now, signal }: Asking,
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
