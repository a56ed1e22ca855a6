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
  if (totals.spans + totals.logs + totals.points > 0) return false;
  // A backend that does not count what it keeps may hold data of an earlier day.
  return stored !== null && stored.spans + stored.logs + stored.points === 0;
}
