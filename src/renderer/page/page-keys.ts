import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface PageKey {
  /** `KeyboardEvent.key`: `j`, `Enter`, `ArrowDown`. */
  key: string;
  /** What it does, for the list that `?` shows. */
  label: string;
  run: () => void;
}

interface Registered {
  page: string | null;
  keys: readonly PageKey[];
}

/** A page and a list on it may each have keys of their own: in the order in which they came. */
let registered: readonly Registered[] = [];
let current: { page: string; keys: readonly PageKey[] } | null = null;
const listeners = new Set<() => void>();

/**
 * Keys of the page while it is shown; they do not fire while an input has the focus or a dialog is open. What stands on many pages
 * has no name of its own for them.
 */
export function usePageKeys(page: string | null, keys: readonly PageKey[]): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  const signature = keys.map(({ key, label }) => `${key} ${label}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: registered anew only when the list itself changes
  useEffect(() => {
    const own: Registered = {
      page,
      keys: latest.current.map(({ key, label }) => ({
        key,
        label,
        run: () => latest.current.find((each) => each.key === key)?.run(),
      })),
    };
    announce([...registered, own]);
    return () => announce(registered.filter((each) => each !== own));
  }, [page, signature]);
}

/** The keys of the page that is shown; of two for one key the one that came last. */
export function currentPageKeys(): typeof current {
  return current;
}

export function useCurrentPageKeys(): typeof current {
  return useSyncExternalStore(subscribe, currentPageKeys);
}

function announce(next: readonly Registered[]): void {
  registered = next;
  const keys = new Map(next.flatMap((each) => each.keys.map((key) => [key.key, key] as const)));
  const page = next.findLast((each) => each.page !== null)?.page ?? 'This page';
  current = next.length === 0 ? null : { page, keys: [...keys.values()] };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
