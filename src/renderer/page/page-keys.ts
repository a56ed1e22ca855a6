import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface PageKey {
  /** `KeyboardEvent.key`: `j`, `Enter`, `ArrowDown`. */
  key: string;
  /** What it does, for the list that `?` shows. */
  label: string;
  run: () => void;
}

let current: { page: string; keys: readonly PageKey[] } | null = null;
const listeners = new Set<() => void>();

/** Keys of the page while it is shown; they do not fire while an input has the focus or a dialog is open. */
export function usePageKeys(page: string, keys: readonly PageKey[]): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  const signature = keys.map(({ key, label }) => `${key} ${label}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: registered anew only when the list itself changes
  useEffect(() => {
    const registered = {
      page,
      keys: latest.current.map(({ key, label }) => ({
        key,
        label,
        run: () => latest.current.find((each) => each.key === key)?.run(),
      })),
    };
    announce(registered);
    return () => {
      if (current === registered) announce(null);
    };
  }, [page, signature]);
}

/** The keys of the page that is shown. */
export function currentPageKeys(): typeof current {
  return current;
}

export function useCurrentPageKeys(): typeof current {
  return useSyncExternalStore(subscribe, currentPageKeys);
}

function announce(next: typeof current): void {
  current = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
