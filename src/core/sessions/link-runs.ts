import type { Run } from '../../shared/runs/run';
import type { AssembledDetail, AssembledSession, ToolPlace } from '../../shared/sessions/assembly/assembled-session';
import type { SessionRun } from '../../shared/sessions/session';

export type LinkedRun = Pick<SessionRun, 'run' | 'entry' | 'by'>;

/** Tools that run commands, by the names that agents give them. */
const commandTools =
  /^(?:bash|shell|sh|zsh|powershell|pwsh|terminal|local_shell(?:_call)?|exec(?:_command)?|unified_exec|container\.exec|execute_command|run_?(?:shell_command|in_?terminal|terminal_cmd|command))$/i;
/** A command begins a little before or after its tool says that it was called. */
const slackMs = 2000;

/** The runs that a session started, by their start. */
export function linkRuns({ session, places }: AssembledDetail, runs: readonly Run[]): LinkedRun[] {
  const bySpan = new Map(places.flatMap((place) => place.spanIds.map((spanId) => [spanId, place] as const)));
  const traces = new Set(session.traceIds);
  const commands = places.filter(({ tool }) => commandTools.test(tool));
  return runs
    .flatMap((run): LinkedRun[] => {
      // What a run starts is told with it.
      if (run.parentId !== undefined && runs.some(({ id }) => id === run.parentId)) return [];
      const above = run.parentSpanId === undefined ? undefined : bySpan.get(run.parentSpanId);
      if (above) return [{ run, entry: above.entry, by: 'trace' }];
      const place = placeAt(commands, run.startedAt);
      const entry = place && { entry: place.entry };
      if (run.parentSpanId !== undefined && traces.has(run.traceId)) return [{ run, ...entry, by: 'trace' }];
      if (run.agent?.session !== undefined)
        return run.agent.session === session.id ? [{ run, ...entry, by: 'session' }] : [];
      return place && mayBeOf(session, run) ? [{ run, entry: place.entry, by: 'time' }] : [];
    })
    .sort((a, b) => a.run.startedAt - b.run.startedAt);
}

/** Of the calls in which a command may have begun then, the last. */
function placeAt(places: readonly ToolPlace[], at: number): ToolPlace | undefined {
  return places.findLast(({ from, to }) => at >= from - slackMs && at <= to + slackMs);
}

/** What both tell does not contradict it. */
function mayBeOf(session: AssembledSession, run: Run): boolean {
  if (run.agent && session.agent !== 'other' && run.agent.harness !== session.agent) return false;
  const { folder } = session;
  if (folder === undefined) return true;
  const within = folder.replace(/[\\/]+$/, '');
  return run.folder === within || run.folder.startsWith(`${within}/`) || run.folder.startsWith(`${within}\\`);
}

/** The repository of a session that tells none: that of the runs which are surely its own. */
export function repositoryOf(session: AssembledSession, runs: readonly Run[]): string | undefined {
  if (session.repository) return session.repository;
  const traces = new Set(session.traceIds);
  const own = runs.findLast(
    (run) =>
      run.revision &&
      (run.agent?.session === session.id || (run.parentSpanId !== undefined && traces.has(run.traceId))),
  );
  return own?.revision?.repository;
}
