import { useMemo, useState } from 'react';

/** What can lie over every page: the command palette and the list of keys. */
export function useFramePanels() {
  const [paletteOpen, setPaletteOpen] = useState(false);
  const [helpOpen, setHelpOpen] = useState(false);
  return useMemo(
    () => ({
      paletteOpen,
      setPaletteOpen,
      helpOpen,
      setHelpOpen,
      openPalette: () => setPaletteOpen(true),
      openHelp: () => setHelpOpen(true),
    }),
    [paletteOpen, helpOpen],
  );
}

export type FramePanels = ReturnType<typeof useFramePanels>;
