import { createContext, use } from 'react';

export interface ReaderState {
  /** How what is searched for is written in the conversation. */
  readonly needles: readonly string[];
  /** What was folded or unfolded by hand, by its key. */
  readonly folds: ReadonlyMap<string, boolean>;
  readonly fold: (key: string, open: boolean) => void;
  /** All open, or all as they are at first. */
  readonly allOpen: boolean;
}

export const ReaderContext = createContext<ReaderState>({
  needles: [],
  folds: new Map(),
  fold: () => {},
  allOpen: false,
});

/** Whether something that can be folded is open: as the reader left it, else where what is searched for stands in what it would hide. */
export function useFold(key: string, openAtFirst: boolean, hidden: string): [open: boolean, toggle: () => void] {
  const { needles, folds, fold, allOpen } = use(ReaderContext);
  const chosen = folds.get(key);
  const open = chosen ?? (allOpen || openAtFirst || needles.some((needle) => hidden.includes(needle)));
  return [open, () => fold(key, !open)];
}
