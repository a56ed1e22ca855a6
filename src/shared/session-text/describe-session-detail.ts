import { formatDuration } from '../format-duration';
import { groupBy } from '../group-by';
import { fitLines } from '../run-text/fit-lines';
import { plainLine } from '../run-text/plain-line';
import { sumOfTokens } from '../sessions/add-tokens';
import type { SessionDetail, SessionRun } from '../sessions/session';
import type { SessionEntry } from '../sessions/session-entry';
import { describeSession } from './describe-sessions';
import { describePrices, formatCost, formatCount, formatTokens } from './format-amounts';

/** One session as short text: what it came to, then what happened, prompt by prompt, with the runs that it started. */
export function describeSessionDetail(detail: SessionDetail, now: number, budget = 700): string {
  const { session, timeline, tools, runs, prices, leftOut } = detail;
  const models = session.models.slice(0, 3).map(({ model, calls, tokens, cost }) => {
    return `${plainLine(model, 50) || 'model not named'} ×${calls} ${formatCount(sumOfTokens(tokens))} tokens ${formatCost(cost)}`;
  });
  const used = tools.slice(0, 6).map(({ tool, calls, failed, redundant }) => {
    const bad = [...(failed > 0 ? [`${failed} failed`] : []), ...(redundant > 0 ? [`${redundant} redundant`] : [])];
    return `${plainLine(tool, 40)} ×${calls}${bad.length > 0 ? ` (${bad.join(', ')})` : ''}`;
  });
  const head = [
    describeSession(session, now),
    ...(models.length > 0 ? [`Models: ${models.join('; ')}`] : []),
    ...(used.length > 0 ? [`Tools: ${used.join(', ')}`] : []),
    ...session.differences.map((sentence) => `! ${plainLine(sentence)}`),
    ...describePrices(prices, [session.cost]),
    ...leftOut.map((sentence) => `… ${plainLine(sentence)}`),
  ];
  const byEntry = groupBy(runs, ({ entry }) => entry ?? '');
  const placed = new Set(timeline.entries.map(({ id }) => id));
  const lines = [
    ...runs.filter(({ entry }) => entry === undefined || !placed.has(entry)).map(describeRun),
    ...timeline.entries.flatMap((entry) => [
      describeEntry(entry, session.startedAt),
      ...(byEntry.get(entry.id) ?? []).map(describeRun),
    ]),
  ];
  const { total, offset, entries } = timeline;
  if (entries.length < total)
    head.push(`… entries ${offset + 1} to ${offset + entries.length} of ${total}: --offset, --limit`);
  return fitLines(
    head,
    lines,
    budget,
    (left) => `… ${left.length} more lines: --budget ${Math.max(4000, 4 * budget)}, or --json`,
  );
}

/** `+1m 2s`: since the session began. */
function describeEntry(entry: SessionEntry, startedAt: number): string {
  const at = `+${formatDuration(Math.max(0, entry.at - startedAt) * 1e6)}`;
  const took = entry.durationMs === null ? '' : ` ${formatDuration(entry.durationMs * 1e6)}`;
  const who = entry.subagent === undefined ? '' : ` [${plainLine(entry.subagent, 30)}]`;
  return `${at}${who} ${whatOf(entry, took)}`;
}

function whatOf(entry: SessionEntry, took: string): string {
  switch (entry.kind) {
    case 'prompt':
      return `prompt: ${said(entry.text, entry.length)}`;
    case 'response':
      return `response: ${said(entry.text, entry.length)}`;
    case 'model-call': {
      const usd = entry.reportedUsd ?? entry.estimatedUsd;
      const cost = usd === null ? '' : ` ${entry.reportedUsd === null ? '~' : ''}$${Number(usd.toPrecision(3))}`;
      return `${plainLine(entry.model, 40)}${took}: ${formatTokens(entry.tokens)}${cost}`;
    }
    case 'tool-call': {
      const state = entry.ok === false ? ` failed${entry.error ? ` (${plainLine(entry.error, 80)})` : ''}` : '';
      const waited = entry.decision?.waitedMs ? `, waited ${formatDuration(entry.decision.waitedMs * 1e6)}` : '';
      const asked = entry.arguments === null ? '' : `: ${plainLine(entry.arguments, 120)}`;
      return `${entry.ok === false ? '! ' : ''}${plainLine(entry.tool, 40)}${took}${waited}${state}${entry.repeats === undefined ? '' : ' (redundant)'}${asked}`;
    }
    case 'subagent':
      return `subagent ${plainLine(entry.name, 40)}${took}`;
    case 'compaction':
      return `compaction${entry.before === undefined ? '' : ` of ${formatCount(entry.before)} tokens`}${entry.after === undefined ? '' : ` to ${formatCount(entry.after)}`}`;
    case 'error':
      return `! model error${entry.status === undefined ? '' : ` ${plainLine(entry.status, 20)}`}: ${plainLine(entry.message, 120)}`;
    case 'note':
      return `${plainLine(entry.name, 40)}: ${plainLine(entry.text, 80)}`;
  }
}

function said(text: string | null, length: number | undefined): string {
  if (text !== null) return `“${plainLine(text, 160)}”`;
  return length === undefined ? 'not told (content is off)' : `${length} characters, not told`;
}

function describeRun({ run, by, diff }: SessionRun): string {
  const known = by === 'time' ? ' (by its time)' : '';
  const ended = run.state !== 'ended' ? run.state : run.signal ? plainLine(run.signal, 20) : `exit ${run.exitCode}`;
  const changed =
    diff === null
      ? ''
      : `; against ${diff.before}: ${diff.verdict}${diff.sentences[0] ? `, ${plainLine(diff.sentences[0], 120)}` : ''}`;
  return `  → run ${run.id} ${plainLine(run.name, 40)}${known}: ${ended}${changed}`;
}
