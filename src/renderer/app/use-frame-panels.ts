import { useCallback, useMemo, useState } from 'react';

/** What can lie over every page: the command palette, the list of keys, and the import of files. */
export function useFramePanels() {
  const [paletteOpen, setOpen] = useState(false);
  const [paletteText, setPaletteText] = useState('');
  const [paletteEntered, setPaletteEntered] = useState(false);
  const [helpOpen, setHelpOpen] = useState(false);
  /** Null where none are imported; empty where they are still to be chosen. */
  const [importing, setImporting] = useState<readonly File[] | null>(null);
  // Empty each time it opens.
  const setPaletteOpen = useCallback((open: boolean) => {
    setPaletteText('');
    setPaletteEntered(false);
    setOpen(open);
  }, []);
  const paletteSeen = useEver(paletteOpen);
  const helpSeen = useEver(helpOpen);
  return useMemo(() => {
    return {
      paletteOpen,
      setPaletteOpen,
      paletteText,
      setPaletteText,
      /** Enter came before there was a row to take; the first one that comes is taken. */
      paletteEntered,
      setPaletteEntered,
      helpOpen,
      setHelpOpen,
      paletteSeen,
      helpSeen,
      openPalette: () => setPaletteOpen(true),
      openHelp: () => setHelpOpen(true),
      importing,
      importFiles: (files: readonly File[]) => setImporting((before) => [...(before ?? []), ...files]),
      endImport: () => setImporting(null),
    };
  }, [paletteOpen, setPaletteOpen, paletteText, paletteEntered, helpOpen, paletteSeen, helpSeen, importing]);
}

/** Whether it was ever so: what was opened once stays loaded, and closes as it should. */
function useEver(now: boolean): boolean {
  const [ever, setEver] = useState(now);
  if (now && !ever) setEver(true);
  return ever || now;
}

export type FramePanels = ReturnType<typeof useFramePanels>;
