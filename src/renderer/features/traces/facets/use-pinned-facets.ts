import { useState } from 'react';
import { mostPinned } from './standing-facets';

const place = 'traces:facets';

/** Fields that this browser shows as facets beside the standing ones. */
export function usePinnedFacets(): [readonly string[], (fields: readonly string[]) => void] {
  const [pinned, setPinned] = useState<readonly string[]>(() =>
    (localStorage.getItem(place) ?? '').split('\n').filter((field) => /^(span|resource)\../.test(field)),
  );
  const pin = (fields: readonly string[]) => {
    const kept = [...new Set(fields)].slice(-mostPinned);
    localStorage.setItem(place, kept.join('\n'));
    setPinned(kept);
  };
  return [pinned, pin];
}
