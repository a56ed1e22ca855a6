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

export function AppFrame() {
  const panels = useFramePanels();
  useGlobalKeys(panels);
  useTheme();
  useDocumentTitle();
  return (
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
    </div>
  );
}
