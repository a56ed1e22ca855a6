import type { Against, ExplainInput, Population } from '../../shared/contract/explain';
import type { TimeWindow } from '../../shared/contract/telemetry';
import type { ExplainRequest, ResolvedPopulation } from '../../shared/explain/explain-request';
import type { Problem } from '../../shared/problem';
import type { Run } from '../../shared/runs/run';

export type FindRun = (ref: string) => Run | { problem: Problem };

const HOUR_MS = 3_600_000;
/** What runs up to a minute beside a run's own times is of it. */
const MARGIN_MS = 60_000;
/** A clock that is a little ahead must not hide the newest. */
const AHEAD_MS = 1000;

/** Runs by their ids, and a window for everything. */
export function resolvePopulations(
  { signal, selection, against }: ExplainInput,
  findRun: FindRun,
  now: number,
): ExplainRequest | { problem: Problem } {
  const chosen = resolve(selection, findRun, now);
  if ('problem' in chosen) return chosen;
  const other = resolve(
    against.kind === 'rest' ? restOf(against, selection) : otherOf(against, selection),
    findRun,
    now,
  );
  if ('problem' in other) return other;
  // What is left out is everything else of the very window that was meant.
  const held =
    against.kind === 'rest' && !against.of?.window && !against.of?.run ? { ...other, window: chosen.window } : other;
  const problem = refusalOf(signal, chosen) ?? refusalOf(signal, held);
  return problem ? { problem } : { signal, selection: chosen, against: held };
}

function restOf({ of }: Extract<Against, { kind: 'rest' }>, { window, run }: Population): Population {
  return of ?? { ...(window && { window }), ...(run !== undefined && { run }) };
}

function otherOf(against: Exclude<Against, { kind: 'rest' }>, selection: Population): Population {
  if (against.kind === 'population') return against.population;
  // A run has its own time: in another window it is not looked for.
  const { run: _, ...rest } = selection;
  return { ...rest, window: against.window };
}

function resolve(population: Population, findRun: FindRun, now: number): ResolvedPopulation | { problem: Problem } {
  const { run: ref, window, ...rest } = population;
  const last: TimeWindow = { from: now - HOUR_MS, to: now + AHEAD_MS };
  if (ref === undefined) return { ...rest, window: window ?? last };
  const run = findRun(ref);
  if ('problem' in run) return run;
  const own = { from: run.startedAt - MARGIN_MS, to: Math.min((run.endedAt ?? now) + MARGIN_MS, now + AHEAD_MS) };
  return { ...rest, runId: run.id, window: window ?? own };
}

function refusalOf(signal: ExplainInput['signal'], population: ResolvedPopulation): Problem | null {
  const { window, slowerThanMs, fasterThanMs } = population;
  const refused = (message: string, hint: string): Problem => ({ kind: 'bad-request', message, hint });
  if (!(window.from < window.to)) return refused('A window ends before it begins.', 'Give the earlier time as `from`.');
  if (signal === 'logs' && (slowerThanMs !== undefined || fasterThanMs !== undefined))
    return refused('Log lines have no duration.', 'Leave the durations out, or compare spans.');
  if (slowerThanMs !== undefined && fasterThanMs !== undefined && slowerThanMs > fasterThanMs)
    return refused(
      `No span takes at least ${slowerThanMs} ms and at most ${fasterThanMs} ms.`,
      'Give the shorter duration as `slowerThanMs`.',
    );
  return null;
}
