import { lazy, Suspense, useCallback, useState } from 'react';
import type { ProblemKind } from '../../shared/problem-kinds';
import { OpenTroubleshooting } from '../ui/layout/open-troubleshooting';
import { ConnectionBanner } from './connection-banner';
import { DropOverlay } from './drop-overlay';
import { PageOutlet } from './page-outlet';
import { Rail } from './rail';
import { StatusStrip } from './strip/status-strip';
import { useDocumentTitle } from './use-document-title';
import { useFileDrop } from './use-file-drop';
import { useFramePanels } from './use-frame-panels';
import { useGlobalKeys } from './use-global-keys';
import { usePalette } from './use-palette';
import { useTheme } from './use-theme';

const KeyboardHelp = lazy(async () => {
  const { KeyboardHelp: component } = await import('./keyboard-help');
  return { default: component };
});
const ImportDialog = lazy(async () => {
  const { ImportDialog: component } = await import('../features/importing/import-dialog');
  return { default: component };
});
const TroubleshootingDialog = lazy(async () => {
  const { TroubleshootingDialog: component } = await import('../features/troubleshooting/troubleshooting-dialog');
  return { default: component };
});

export function AppFrame() {
  const [explained, setExplained] = useState<{ kind: ProblemKind | null } | null>(null);
  const explain = useCallback((kind: ProblemKind | null) => setExplained({ kind }), []);
  const panels = useFramePanels();
  const filesHeld = useFileDrop(panels.importFiles);
  useGlobalKeys(panels);
  useTheme();
  useDocumentTitle();
  const CommandPalette = usePalette(panels.paletteOpen);
  return (
    <OpenTroubleshooting value={explain}>
      <div className="flex h-full flex-col">
        <StatusStrip openPalette={panels.openPalette} />
        <ConnectionBanner />
        <div className="flex min-h-0 flex-1">
          <Rail />
          <main className="flex min-h-0 min-w-0 flex-1 flex-col">
            <PageOutlet />
          </main>
        </div>
        {/* What lies over the page is loaded when it is first opened. */}
        <Suspense fallback={null}>
          {CommandPalette && panels.paletteSeen && (
            <CommandPalette
              open={panels.paletteOpen}
              onOpenChange={panels.setPaletteOpen}
              text={panels.paletteText}
              onText={panels.setPaletteText}
              openHelp={panels.openHelp}
              openImport={() => panels.importFiles([])}
            />
          )}
          {panels.helpSeen && <KeyboardHelp open={panels.helpOpen} onOpenChange={panels.setHelpOpen} />}
          {explained && <TroubleshootingDialog kind={explained.kind} onClose={() => setExplained(null)} />}
          {panels.importing && (
            <ImportDialog files={panels.importing} onAdd={panels.importFiles} onClose={panels.endImport} />
          )}
        </Suspense>
        {filesHeld && <DropOverlay />}
      </div>
    </OpenTroubleshooting>
  );
}
