import { Suspense, useCallback, useState } from 'react';
import type { ProblemKind } from '../../shared/problem-kinds';
import { useAskAgain } from '../client/loading/use-ask-again';
import { lazyPart } from '../ui/layout/lazy-part';
import { OpenTroubleshooting } from '../ui/layout/open-troubleshooting';
import { PartBoundary } from '../ui/layout/part-boundary';
import { BackendBanner } from './backend-banner';
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

const KeyboardHelp = lazyPart(() => import('./keyboard-help'), 'KeyboardHelp');
const ImportDialog = lazyPart(() => import('../features/importing/import-dialog'), 'ImportDialog');
const TroubleshootingDialog = lazyPart(
  () => import('../features/troubleshooting/troubleshooting-dialog'),
  'TroubleshootingDialog',
);

export function AppFrame() {
  const [explained, setExplained] = useState<{ kind: ProblemKind | null } | null>(null);
  const explain = useCallback((kind: ProblemKind | null) => setExplained({ kind }), []);
  const panels = useFramePanels();
  const filesHeld = useFileDrop(panels.importFiles);
  useGlobalKeys(panels);
  useTheme();
  useDocumentTitle();
  useAskAgain();
  const CommandPalette = usePalette(panels.paletteOpen, panels.setPaletteOpen);
  return (
    <OpenTroubleshooting value={explain}>
      <div className="flex h-full flex-col">
        <StatusStrip openPalette={panels.openPalette} />
        <ConnectionBanner />
        <BackendBanner />
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
              entered={panels.paletteEntered}
              onEntered={panels.setPaletteEntered}
              openHelp={panels.openHelp}
              openImport={() => panels.importFiles([])}
            />
          )}
          {panels.helpSeen && (
            <PartBoundary what="The list of keys" onClose={() => panels.setHelpOpen(false)}>
              <KeyboardHelp open={panels.helpOpen} onOpenChange={panels.setHelpOpen} />
            </PartBoundary>
          )}
          {explained && (
            <PartBoundary what="The page about problems" onClose={() => setExplained(null)}>
              <TroubleshootingDialog kind={explained.kind} onClose={() => setExplained(null)} />
            </PartBoundary>
          )}
          {panels.importing && (
            <PartBoundary what="The import" onClose={panels.endImport}>
              <ImportDialog files={panels.importing} onAdd={panels.importFiles} onClose={panels.endImport} />
            </PartBoundary>
          )}
        </Suspense>
        {filesHeld && <DropOverlay />}
      </div>
    </OpenTroubleshooting>
  );
}
