import type { SessionRun } from '../../../../shared/sessions/session';
import type { SessionEntry } from '../../../../shared/sessions/session-entry';

/** A row of a session's time line. A run stands behind the call that started it, or where it began. */
export type TimelineRow =
  | { readonly key: string; readonly kind: 'entry'; readonly entry: SessionEntry; readonly level: 0 | 1 | 2 }
  | { readonly key: string; readonly kind: 'run'; readonly run: SessionRun; readonly level: 1 | 2 };

/** Prompts at the edge, what follows below them, and what a subagent does a level deeper. */
export function timelineRows(entries: readonly SessionEntry[], runs: readonly SessionRun[]): TimelineRow[] {
  const byEntry = new Map<string, SessionRun[]>();
  const known = new Set(entries.map(({ id }) => id));
  const others: SessionRun[] = [];
  for (const run of runs) {
    if (run.entry !== undefined && known.has(run.entry))
      byEntry.set(run.entry, [...(byEntry.get(run.entry) ?? []), run]);
    else others.push(run);
  }
  others.sort((a, b) => a.run.startedAt - b.run.startedAt);
  const rows: TimelineRow[] = [];
  const tell = (run: SessionRun, level: 1 | 2) => rows.push({ key: `run ${run.run.id}`, kind: 'run', run, level });
  for (const entry of entries) {
    while (others[0] && others[0].run.startedAt < entry.at) tell(others.shift()!, 1);
    const level = entry.kind === 'prompt' ? 0 : entry.subagent !== undefined && entry.kind !== 'subagent' ? 2 : 1;
    rows.push({ key: entry.id, kind: 'entry', entry, level });
    for (const run of byEntry.get(entry.id) ?? []) tell(run, 2);
  }
  for (const run of others) tell(run, 1);
  return rows;
}
