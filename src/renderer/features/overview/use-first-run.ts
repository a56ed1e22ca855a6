import { useEffect, useState } from 'react';
import type { HostStatus } from '../../../shared/contract/host';

/** `waiting` while nothing has ever come, `lit` after the first item came under the reader's eyes, else `over`. */
export type FirstRunState = 'waiting' | 'lit' | 'over';

export function useFirstRun(status: HostStatus | null): FirstRunState {
  const [sawEmpty, setSawEmpty] = useState(false);
  const empty = status !== null && isEmpty(status);
  useEffect(() => {
    if (empty) setSawEmpty(true);
  }, [empty]);
  if (empty) return 'waiting';
  return sawEmpty ? 'lit' : 'over';
}

function isEmpty({ ingest: { totals }, storage: { stored } }: HostStatus): boolean {
  return totals.spans + totals.logs + totals.points + stored.spans + stored.logs + stored.points === 0;
}
