import { lazy, Suspense, useCallback, useState } from 'react';
import type { ProblemKind } from '../../shared/problem-kinds';
import { OpenTroubleshooting } from '../ui/layout/open-troubleshooting';
import { ConnectionBanner } from './connection-banner';
import { KeyboardHelp } from './keyboard-help';
import { PageOutlet } from './page-outlet';
import { CommandPalette } from './palette/command-palette';
import { Rail } from './rail';
import { StatusStrip } from './strip/status-strip';
import { useDocumentTitle } from './use-document-title';
import { useFramePanels } from './use-frame-panels';
import { useGlobalKeys } from './use-global-keys';
import { useTheme } from './use-theme';

const TroubleshootingDialog = lazy(async () => {
  const { TroubleshootingDialog: component } = await import('../features/troubleshooting/troubleshooting-dialog');
  return { default: component };
});

export function AppFrame() {
  const [explained, setExplained] = useState<{ kind: ProblemKind | null } | null>(null);
  const explain = useCallback((kind: ProblemKind | null) => setExplained({ kind }), []);
  const panels = useFramePanels();
  useGlobalKeys(panels);
  useTheme();
  useDocumentTitle();
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
        <CommandPalette open={panels.paletteOpen} onOpenChange={panels.setPaletteOpen} openHelp={panels.openHelp} />
        <KeyboardHelp open={panels.helpOpen} onOpenChange={panels.setHelpOpen} />
        {explained && (
          <Suspense fallback={null}>
            <TroubleshootingDialog kind={explained.kind} onClose={() => setExplained(null)} />
          </Suspense>
        )}
      </div>
    </OpenTroubleshooting>
  );
}
