import { join } from 'node:path';
import { app, clipboard, dialog } from 'electron';
import { diagnosticsName, saveDiagnostics } from '../../core/diagnostics/save-diagnostics';
import type { HostClient } from '../../core/http/client/create-host-client';
import type { Problem } from '../../shared/problem';
import type { DesktopHost } from '../host/desktop-host';
import { openExternal } from '../window/open-external';
import type { Command } from './command';
import { runCommand } from './run-command';

export interface CommandRoom {
  host: DesktopHost;
  openPanel(path?: string): void;
  checkUpdates(): Promise<void>;
  quit(): void;
  /** After each command: a menu may have changed a mark by itself. */
  onDone(): void;
}

/** The commands of the tray and the menu bar, with the parts of Electron that they need. What fails is told in a box. */
export function openCommands({ host, openPanel, checkUpdates, quit, onDone }: CommandRoom): (command: Command) => void {
  const carryOut = async (command: Command) => {
    const problem = await runCommand(command, {
      view: () => host.view,
      client: () => host.link?.client ?? null,
      takeOver: () => host.start(),
      copy: (text) => clipboard.writeText(text),
      openPanel,
      openOutside: openExternal,
      saveDiagnostics: askAndSave,
      showAbout: () => app.showAboutPanel(),
      checkUpdates,
      quit,
    });
    onDone();
    if (problem) await tellProblem(problem);
  };
  // A turn later: quitting destroys the menu whose click this is.
  return (command) => void setImmediate(carryOut, command);
}

export async function tellProblem({ message, hint }: Problem): Promise<void> {
  await dialog.showMessageBox({ type: 'error', title: 'Watchtower', message, detail: hint ?? '', noLink: true });
}

async function askAndSave(client: HostClient): Promise<Problem | null> {
  const diagnostics = await client.host.diagnostics();
  const { canceled, filePath } = await dialog.showSaveDialog({
    title: 'Save diagnostics',
    defaultPath: join(app.getPath('downloads'), diagnosticsName(diagnostics.at)),
  });
  return canceled || !filePath ? null : saveDiagnostics(diagnostics, filePath);
}
