import { useState } from 'react';
import type { Run } from '../../../../shared/runs/run';

/** While held, the rows that were there stay in their places and are renewed; others wait behind them. */
export function useHeldRuns(runs: readonly Run[], held: boolean): { shown: readonly Run[]; waiting: number } {
  const [kept, setKept] = useState<readonly string[] | null>(null);
  if (held && kept === null) setKept(runs.map(({ id }) => id));
  if (!held && kept !== null) setKept(null);
  if (!held || kept === null) return { shown: runs, waiting: 0 };
  const ids = new Set(kept);
  const shown = runs.filter(({ id }) => ids.has(id));
  return { shown, waiting: runs.length - shown.length };
}
