import { useEffect, useState } from 'react';
import { loadPart } from '../client/loading/load-part';
import { showToast } from '../ui/overlays/toast';
import type { CommandPalette } from './palette/command-palette';

/**
 * The command palette, loaded once the first page stands, or when it is wanted; null until then. Once there it opens at
 * once; where it cannot be loaded it is closed again, and loads the next time.
 */
export function usePalette(wanted: boolean, setOpen: (open: boolean) => void): typeof CommandPalette | null {
  const [palette, setPalette] = useState<typeof CommandPalette | null>(null);
  useEffect(() => {
    if (palette) return;
    let left = false;
    const load = async () => {
      const loaded = await loadPart(() => import('./palette/command-palette')).catch(() => null);
      if (left) return;
      if (loaded) setPalette(() => loaded.CommandPalette);
      else if (wanted) {
        setOpen(false);
        showToast('The palette could not be loaded', 'Reload the page, or try again.');
      }
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
  }, [palette, wanted, setOpen]);
  return palette;
}
