import { addTokens, noTokens, sumOfTokens } from '../../shared/sessions/add-tokens';
import type { AssembledSession, UsageRow } from '../../shared/sessions/assembly/assembled-session';
import type { SessionSummary } from '../../shared/sessions/session';
import type { SessionEntry } from '../../shared/sessions/session-entry';
import type { Cost, ModelUsage, Tokens } from '../../shared/sessions/usage';
import { type PriceTable, priceOf } from './prices/price-table';

/** So long after the last that was told, an agent is taken for one that rests. */
const activeMs = 300_000;

/** What rows of usage come to. */
export function costOf(
  rows: readonly UsageRow[],
  table: PriceTable | null,
): { calls: number; tokens: Tokens; cost: Cost } {
  let calls = 0;
  let tokens = noTokens;
  let reportedUsd: number | null = null;
  let estimatedUsd: number | null = null;
  const unpriced = new Set<string>();
  for (const row of rows) {
    calls += row.calls;
    tokens = addTokens(tokens, row.tokens);
    if (row.usd !== null) reportedUsd = (reportedUsd ?? 0) + row.usd;
    if (sumOfTokens(row.unreported) <= 0) continue;
    const estimate = table && priceOf(table, row.model, row.unreported);
    if (estimate === null) unpriced.add(row.model);
    else estimatedUsd = (estimatedUsd ?? 0) + estimate;
  }
  return { calls, tokens, cost: { reportedUsd, estimatedUsd, unpriced: [...unpriced].sort() } };
}

export function usdOf({ reportedUsd, estimatedUsd }: Cost): number {
  return (reportedUsd ?? 0) + (estimatedUsd ?? 0);
}

/** `now`: Unix milliseconds. */
export function priceSession(
  { usage, within: _within, traceIds: _traceIds, ended, ...session }: AssembledSession,
  table: PriceTable | null,
  now: number,
): SessionSummary {
  const { tokens, cost } = costOf(usage, table);
  const isActive = Math.abs(now - session.lastAt) < activeMs;
  return {
    ...session,
    state: ended ? 'ended' : isActive ? 'active' : 'quiet',
    ...{ tokens, cost, models: byModel(usage, table) },
    sources: [...session.sources],
    differences: [...session.differences],
  };
}

function byModel(usage: readonly UsageRow[], table: PriceTable | null): ModelUsage[] {
  const rows = new Map<string, UsageRow[]>();
  for (const row of usage) rows.set(row.model, [...(rows.get(row.model) ?? []), row]);
  return [...rows]
    .map(([model, ofModel]) => ({ model, ...costOf(ofModel, table) }))
    .sort((a, b) => usdOf(b.cost) - usdOf(a.cost) || sumOfTokens(b.tokens) - sumOfTokens(a.tokens));
}

/** The entry with what its model call costs by the table, where the agent reported nothing. */
export function priceEntry(entry: SessionEntry, table: PriceTable | null): SessionEntry {
  if (entry.kind !== 'model-call' || entry.reportedUsd !== null || !table) return entry;
  return { ...entry, estimatedUsd: priceOf(table, entry.model, entry.tokens) };
}
