import { counted } from '../counted';
import { formatAgo } from '../format-ago';
import { formatDuration } from '../format-duration';
import type { Run } from '../runs/run';
import { fitLines } from './fit-lines';
import { plainLine } from './plain-line';

/** A list of runs as short text, a line each, as many as fit into so many tokens. `now`: Unix milliseconds. */
export function describeRuns(runs: readonly Run[], now: number, budget = 1500): string {
  if (runs.length === 0) return 'No runs yet. Start one: watchtower run -- COMMAND';
  const lines = runs.map((run) => lineOfRun(run, now));
  return fitLines([], lines, budget, (left) => `… ${left.length} more runs: --budget ${4 * budget}, or --json`);
}

/** `k3f7abcd shop: exit 0, 3.2 s, worse, 120 spans, …`. */
export function lineOfRun(run: Run, now: number): string {
  const { id, name, state, exitCode, signal, startedAt, endedAt, command, outcome, agent, label, pinned } = run;
  const ended = state !== 'ended' ? state : signal ? plainLine(signal, 20) : `exit ${exitCode}`;
  const took = endedAt === null ? '' : `, ${formatDuration((endedAt - startedAt) * 1e6)}`;
  const came = outcome
    ? `, ${outcome.verdict}, ${counted(outcome.spans, 'span')}, ${counted(outcome.errors, 'error')}, ${counted(outcome.findings, 'finding')}`
    : '';
  const note = `${label ? ` “${plainLine(label, 80)}”` : ''}${pinned ? ' (pinned)' : ''}`;
  const by = agent ? `, by ${plainLine(agent.harness, 40)}` : '';
  return `${id} ${plainLine(name, 50)}: ${ended}${took}${came}${by}, ${formatAgo(startedAt, now)}, ${plainLine(command.join(' '), 80)}${note}`;
}
