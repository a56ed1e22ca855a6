import { join } from 'node:path';
import { app, dialog } from 'electron';
import { guardProcess } from '../core/log/guard-process';
import { openHostLog } from '../core/log/open-host-log';
import { resolveHome } from '../core/ownership/resolve-home';
import { openSettings } from '../core/settings/settings-store';
import type { Problem } from '../shared/problem';
import { bootDesktop, type Desktop } from './boot/boot-desktop';
import { createBootPhases } from './boot/boot-phases';
import { findDeepLink, linkScheme, parseDeepLink } from './window/parse-deep-link';
import { registerPanelScheme } from './window/serve-panel';

let desktop: Desktop | null = null;
/** What was asked for while nothing was there to do it. */
const waiting = { booting: false, path: findDeepLink(process.argv), show: false, quit: false };

function show(path: string | null): void {
  waiting.path = path ?? waiting.path;
  waiting.show = true;
  desktop?.show(path ?? undefined);
}

async function run(): Promise<void> {
  waiting.booting = true;
  const phases = createBootPhases(() => process.uptime() * 1000);
  phases.reached('main started');
  await phases.run('electron ready', () => app.whenReady());
  const home = resolveHome();
  const log = openHostLog(home);
  phases.logTo(log);
  // macOS gives a start at login no arguments.
  const { wasOpenedAtLogin } = app.getLoginItemSettings();
  const hiddenByLogin = wasOpenedAtLogin && (await openSettings(home)).current().desktop.startHidden;
  const hidden = app.commandLine.hasSwitch('hidden') || hiddenByLogin;
  const started = await bootDesktop({ home, log, phases, hidden, path: waiting.path }).catch(
    (error: Error): Problem => {
      log.error({ error }, 'the app could not start');
      return { kind: 'boot-failed', message: error.message, hint: `More is in ${join(home, 'logs', 'host.log')}.` };
    },
  );
  if ('kind' in started) {
    dialog.showErrorBox('Watchtower cannot start', `${started.message}\n\n${started.hint ?? ''}`);
    app.exit(1);
    return;
  }
  desktop = started;
  // From here on an error that nobody caught ends nothing; before, the start says that it failed.
  guardProcess(started.reportFault);
  // Registered this late it replaces Electron's own, which cannot be told from a person who quits.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.on(signal, () => started.quit({ unasked: true }));
  if (waiting.quit) started.quit();
  else if (waiting.show) started.show(waiting.path ?? undefined);
}

function giveUp(error: Error): void {
  dialog.showErrorBox('Watchtower cannot start', error.message);
  app.exit(1);
}

registerPanelScheme();
// As the installer's shortcut has it: Windows shows notifications of no other.
if (process.platform === 'win32') app.setAppUserModelId('dev.watchtower.desktop');
// It would overrule the switch that root has to give; the window asks for its sandbox itself as well.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);
app.on('open-url', (event, url) => {
  event.preventDefault();
  show(parseDeepLink(url));
});
app.on('second-instance', (_event, args) => {
  if (!args.includes('--hidden')) show(findDeepLink(args));
});
// Also when macOS starts the app, which may be to stay hidden.
app.on('activate', () => desktop?.show());
// Whether the app goes on without a window is decided where windows close.
app.on('window-all-closed', () => {});
app.on('before-quit', (event) => {
  if (desktop ? desktop.leaving : !waiting.booting) return;
  event.preventDefault();
  waiting.quit = true;
  desktop?.quit();
});

if (app.requestSingleInstanceLock()) run().catch(giveUp);
else app.quit();
