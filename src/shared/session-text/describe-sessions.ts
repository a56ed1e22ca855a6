import { counted } from '../counted';
import { formatAgo } from '../format-ago';
import { formatDuration } from '../format-duration';
import { fitLines } from '../run-text/fit-lines';
import { plainLine } from '../run-text/plain-line';
import type { SessionList, SessionSummary } from '../sessions/session';
import { describePrices, formatCost, formatTokens } from './format-amounts';

/** Sessions as short text, one a line, as many as fit into so many tokens. `now`: Unix milliseconds. */
export function describeSessions({ sessions, prices, leftOut }: SessionList, now: number, budget = 700): string {
  if (sessions.length === 0)
    return [
      'No session of a coding agent. Switch its telemetry on: watchtower agent telemetry on',
      ...leftOut.map((sentence) => `… ${plainLine(sentence)}`),
    ].join('\n');
  const lines = sessions.map((session) => describeSession(session, now));
  const foot = [
    ...describePrices(
      prices,
      sessions.map(({ cost }) => cost),
    ),
    ...leftOut.map((sentence) => `… ${plainLine(sentence)}`),
  ];
  const shown = fitLines(
    [],
    lines,
    budget - 60,
    (left) => `… ${left.length} more sessions: --budget ${4 * budget}, or --json`,
  );
  return [shown, ...foot].join('\n');
}

/** `k3f… Claude Code active, 3 min ago: 2 prompts, 14 calls, … $1.25 “Make the tests pass”`. */
export function describeSession(session: SessionSummary, now: number): string {
  const { id, agentTitle, state, startedAt, lastAt, title, repository, tokens, cost } = session;
  const place = repository === undefined ? '' : ` in ${plainLine(repository, 40)}`;
  const named = title === undefined ? '' : ` “${plainLine(title, 80)}”`;
  const took = formatDuration(Math.max(0, lastAt - startedAt) * 1e6);
  return `${plainLine(id, 80)} ${plainLine(agentTitle, 40)} ${state}${place}, ${formatAgo(lastAt, now)}, over ${took}: ${describeCounts(session)}; ${formatTokens(tokens)}; ${formatCost(cost)}${named}`;
}

function describeCounts(session: SessionSummary): string {
  const { prompts, modelCalls, toolCalls, failedTools, redundantTools, errors, retries, waits, waitedMs } = session;
  const of = [
    ...(failedTools > 0 ? [`${failedTools} failed`] : []),
    ...(redundantTools > 0 ? [`${redundantTools} redundant`] : []),
  ];
  const waited = waitedMs > 0 ? ` (${formatDuration(waitedMs * 1e6)})` : '';
  return [
    counted(prompts, 'prompt'),
    `${counted(modelCalls, 'model call')}`,
    `${counted(toolCalls, 'tool call')}${of.length > 0 ? ` (${of.join(', ')})` : ''}`,
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(retries > 0 ? [`${retries} ${retries === 1 ? 'retry' : 'retries'}`] : []),
    ...(waits > 0 ? [`${counted(waits, 'wait')} for the person${waited}`] : []),
    ...(session.subagents > 0 ? [counted(session.subagents, 'subagent')] : []),
    ...(session.compactions > 0 ? [counted(session.compactions, 'compaction')] : []),
  ].join(', ');
}
