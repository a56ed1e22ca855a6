import { useMemo, useState } from 'react';

/** What can lie over every page: the command palette and the list of keys. */
export function useFramePanels() {
  const [paletteOpen, setPaletteOpen] = useState(false);
  const [helpOpen, setHelpOpen] = useState(false);
  const paletteSeen = useEver(paletteOpen);
  const helpSeen = useEver(helpOpen);
  return useMemo(
    () => ({
      paletteOpen,
      setPaletteOpen,
      helpOpen,
      setHelpOpen,
      paletteSeen,
      helpSeen,
      openPalette: () => setPaletteOpen(true),
      openHelp: () => setHelpOpen(true),
    }),
    [paletteOpen, helpOpen, paletteSeen, helpSeen],
  );
}

/** Whether it was ever so: what was opened once stays loaded, and closes as it should. */
function useEver(now: boolean): boolean {
  const [ever, setEver] = useState(now);
  if (now && !ever) setEver(true);
  return ever || now;
}

export type FramePanels = ReturnType<typeof useFramePanels>;
