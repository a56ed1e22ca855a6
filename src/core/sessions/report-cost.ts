import { sumOfTokens } from '../../shared/sessions/add-tokens';
import type { AssembledSession, UsageRow } from '../../shared/sessions/assembly/assembled-session';
import type { CostGrouping, CostReport, CostRow } from '../../shared/sessions/session';
import { costOf, usdOf } from './price-session';
import type { PriceTable } from './prices/price-table';

type Reported = Pick<CostReport, 'total' | 'rows'>;

interface Group {
  readonly label: string;
  readonly sessions: Set<string>;
  readonly usage: UsageRow[];
}

/** What sessions used within a window, in groups; each use is in one, so that their sums are the total's. */
export function reportCost(
  sessions: readonly (AssembledSession & { readonly repository?: string | undefined })[],
  by: CostGrouping,
  table: PriceTable | null,
): Reported {
  const groups = new Map<string, Group>();
  for (const session of sessions) {
    for (const row of session.within) {
      const { key, label } = groupOf(session, row, by);
      const group = groups.get(key) ?? { label, sessions: new Set<string>(), usage: [] };
      groups.set(key, group);
      group.sessions.add(session.id);
      group.usage.push(row);
    }
  }
  const rows = [...groups]
    .map(
      ([
        key,
        {
          label,
          sessions: { size },
          usage,
        },
      ]): CostRow => {
        return { key, label, sessions: size, ...costOf(usage, table) };
      },
    )
    .sort(
      (a, b) =>
        usdOf(b.cost) - usdOf(a.cost) || sumOfTokens(b.tokens) - sumOfTokens(a.tokens) || (a.key < b.key ? -1 : 1),
    );
  const used = sessions.filter(({ within }) => within.length > 0);
  return {
    rows,
    total: {
      sessions: used.length,
      ...costOf(
        used.flatMap(({ within }) => within),
        table,
      ),
    },
  };
}

function groupOf(session: AssembledSession, row: UsageRow, by: CostGrouping): { key: string; label: string } {
  switch (by) {
    case 'session':
      return { key: session.id, label: [session.agentTitle, session.title].filter(Boolean).join(': ') };
    case 'model':
      return { key: row.model, label: row.model || 'model not told' };
    case 'repo':
      return { key: session.repository ?? '', label: session.repository ?? 'repository not known' };
    case 'tool':
      return { key: row.tool, label: row.tool || 'no tool: answers' };
    case 'agent': {
      const key = session.agent === 'other' ? session.agentTitle : session.agent;
      return { key, label: session.agentTitle };
    }
  }
}
