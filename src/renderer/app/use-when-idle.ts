import { useEffect } from 'react';

/** Loads what is soon wanted once the first page stands. */
export function useWhenIdle(load: () => Promise<unknown>): void {
  useEffect(() => {
    if (!('requestIdleCallback' in window)) return;
    const asked = window.requestIdleCallback(() => void load(), { timeout: 5000 });
    return () => window.cancelIdleCallback(asked);
  }, [load]);
}
