import { useState } from 'react';

/** While held, the rows that were there stay in their places and are renewed; others wait behind them. */
export function useHeldRows<Row extends { readonly id: string }>(
  rows: readonly Row[],
  held: boolean,
): { shown: readonly Row[]; waiting: number } {
  const [kept, setKept] = useState<readonly string[] | null>(null);
  if (held && kept === null) setKept(rows.map(({ id }) => id));
  if (!held && kept !== null) setKept(null);
  if (!held || kept === null) return { shown: rows, waiting: 0 };
  const byId = new Map(rows.map((row) => [row.id, row]));
  const shown = kept.flatMap((id) => byId.get(id) ?? []);
  return { shown, waiting: rows.length - shown.length };
}
