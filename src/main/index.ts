import { app, dialog } from 'electron';
import { openHostLog } from '../core/open-host-log';
import { resolveHome } from '../core/ownership/resolve-home';
import { openSettings } from '../core/settings/settings-store';
import { bootDesktop, type Desktop } from './boot/boot-desktop';
import { createBootPhases } from './boot/boot-phases';
import { findDeepLink, linkScheme, parseDeepLink } from './window/parse-deep-link';
import { registerPanelScheme } from './window/serve-panel';

let desktop: Desktop | null = null;
/** The page to begin with, while nothing is there to show it. */
let asked = findDeepLink(process.argv);

function show(path: string | null): void {
  if (desktop) desktop.show(path ?? undefined);
  else asked = path ?? asked;
}

async function run(): Promise<void> {
  const phases = createBootPhases(() => process.uptime() * 1000);
  phases.reached('main started');
  await phases.run('electron ready', () => app.whenReady());
  const home = resolveHome();
  const log = openHostLog(home);
  phases.logTo(log);
  // macOS gives a start at login no arguments.
  const { wasOpenedAtLogin } = app.getLoginItemSettings();
  const hiddenByLogin = wasOpenedAtLogin && (await openSettings(home)).current().desktop.startHidden;
  const started = await bootDesktop({
    home,
    log,
    phases,
    hidden: app.commandLine.hasSwitch('hidden') || hiddenByLogin,
    path: asked,
  });
  if ('kind' in started) {
    dialog.showErrorBox('Watchtower cannot start', `${started.message}\n\n${started.hint ?? ''}`);
    app.exit(1);
    return;
  }
  desktop = started;
  // Registered this late it replaces Electron's own, which cannot be told from a person who quits.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.on(signal, () => started.quit({ unasked: true }));
}

registerPanelScheme();
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
app.on('activate', () => show(null));
// Whether the app goes on without a window is decided where windows close.
app.on('window-all-closed', () => {});
app.on('before-quit', (event) => {
  if (!desktop || desktop.leaving) return;
  event.preventDefault();
  desktop.quit();
});

if (app.requestSingleInstanceLock()) void run();
else app.quit();
