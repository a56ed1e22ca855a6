import { useEffect, useState } from 'react';
import type { CommandPalette } from './palette/command-palette';

/** The command palette, loaded once the first page stands, or when it is wanted; null until then. Once there it opens at once. */
export function usePalette(wanted: boolean): typeof CommandPalette | null {
  const [palette, setPalette] = useState<typeof CommandPalette | null>(null);
  useEffect(() => {
    if (palette) return;
    let left = false;
    const load = async () => {
      const loaded = await import('./palette/command-palette');
      if (!left) setPalette(() => loaded.CommandPalette);
    };
    const leave = () => {
      left = true;
    };
    if (wanted) {
      void load();
      return leave;
    }
    if (!('requestIdleCallback' in window)) return leave;
    const asked = window.requestIdleCallback(() => void load(), { timeout: 5000 });
    return () => {
      leave();
      window.cancelIdleCallback(asked);
    };
  }, [palette, wanted]);
  return palette;
}
