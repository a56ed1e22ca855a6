import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { app, nativeTheme, powerMonitor } from 'electron';
import type { HostLog } from '../../core/log/host-log';
import { findHost } from '../../core/ownership/host-file';
import type { Problem } from '../../shared/problem';
import { openPanelBridge } from '../bridge/panel-bridge';
import { relayToHost } from '../bridge/relay-to-host';
import { DesktopHost } from '../host/desktop-host';
import { attach, linkHost } from '../host/link-host';
import { setLoginItem } from '../login/set-login-item';
import { describeMenuBar } from '../menu/describe-menu-bar';
import { openMenuBar } from '../menu/menu-bar';
import { openCommands, tellProblem } from '../menu/open-commands';
import { followNotices } from '../notifications/follow-notices';
import { notify } from '../notifications/notifier';
import { openToldOnce } from '../notifications/told-once';
import { askAboutStack } from '../quit/ask-about-stack';
import { Quitting } from '../quit/quitting';
import { describeTray } from '../tray/describe-tray';
import { type AppTray, openTray } from '../tray/tray';
import { hasTrayHost } from '../tray/tray-host';
import { openTrayWhenShown } from '../tray/tray-life';
import { openUpdates } from '../updates/open-updates';
import { followTheme } from '../window/follow-theme';
import { openPanelSession } from '../window/panel-session';
import { openPanelWindow } from '../window/panel-window';
import { saveWindowState } from '../window/window-state';
import type { BootPhases } from './boot-phases';
import { coreOptions } from './core-options';
import { WindowLife } from './window-life';

export interface BootOptions {
  home: string;
  log: HostLog;
  phases: BootPhases;
  /** No window at first. */
  hidden: boolean;
  /** Page to begin with. */
  path: string | null;
}

/** What the rest of the process needs of the running app. */
export interface Desktop {
  show(path?: string): void;
  quit(options?: { unasked?: boolean }): void;
  readonly leaving: boolean;
  /** An error that nobody caught. */
  reportFault(where: string, error: unknown): void;
}

/** Puts the app together once Electron is ready: window and host begin at the same time, the tray follows. */
export async function bootDesktop({ home, log, phases, hidden, path }: BootOptions): Promise<Desktop | Problem> {
  const root = app.getAppPath();
  const told = await openToldOnce(home);
  let tray: AppTray | null = null;
  const quit = (options?: { unasked?: boolean }) => quitting.begin(options);

  const host = new DesktopHost({
    link: () => linkHost(coreOptions(home, log, () => quit({ unasked: true }))),
    find: () => findHost(home),
    attach,
    log,
  });
  const linking = phases.run('host', () => host.start());

  const bridge = openPanelBridge(async (port) => {
    await linking;
    const { link } = host;
    if (!link?.core) return relayToHost(home, port);
    link.core.connect(port);
    return true;
  }, log);
  const session = openPanelSession(join(root, 'out', 'renderer'));
  const windows = new WindowLife({
    create(page) {
      const window = openPanelWindow({ session, bridge, home, log, path: page });
      window.once('show', () => phases.reached('window shown'));
      // Windows ends the session without asking; containers stay.
      window.on('session-end', () => quit({ unasked: true }));
      return window;
    },
    leaving: () => quitting.leaving,
    keep: (window) => saveWindowState(window, home, nativeTheme.shouldUseDarkColors),
    staysWithout: async () => (host.view.settings?.desktop.keepRunning ?? true) && hasTrayHost(),
    async onHidden() {
      if (!(await told.first('keeps-running'))) return;
      const body = 'Telemetry is still received. Open the panel or quit from the icon in the tray.';
      notify({ title: 'Watchtower goes on in the tray', body }, () => windows.show());
    },
    quit,
  });
  const quitting = new Quitting({
    view: () => host.view,
    core: () => host.link?.core ?? null,
    ask: () => askAboutStack(host.view.status?.backend ?? 'docker'),
    tell: tellProblem,
    disappear() {
      host.leave();
      tray?.destroy();
      windows.destroy();
    },
    exit: (unasked) => (updates.accepted && !unasked ? updates.install() : app.quit()),
  });
  const updates = openUpdates({ channel: () => host.view.settings?.desktop.updates ?? 'latest', quit });
  if (!hidden || path) windows.show(path ?? '/');

  const problem = await linking;
  if (problem) return problem;
  const run = openCommands({
    host,
    openPanel: (page) => windows.show(page),
    checkUpdates: () => updates.check(),
    quit,
    onDone: () => update(true),
  });
  const updateMenuBar = openMenuBar(() => describeMenuBar(host.view, process.platform), run);
  const update = (anew = false) => {
    updateMenuBar(anew);
    tray?.update(anew);
  };
  host.subscribe(() => update());
  host.subscribe(() => followTheme(host.view.settings?.theme));
  followNotices(host, ({ title, body, path: page }) => notify({ title, body }, () => windows.show(page)));
  followLoginItem(host, log);
  powerMonitor.on('shutdown', () => quit({ unasked: true }));
  const icons = join(root, 'resources', 'tray');
  void openTrayWhenShown(
    () => openTray({ icons, read: () => describeTray(host.view), run }),
    () => hasTrayHost(),
    (milliseconds) => pause(milliseconds, undefined, { ref: false }),
  ).then((opened) => {
    if (quitting.leaving) return opened.tray.destroy();
    tray = opened.tray;
    phases.reached(opened.shown ? 'tray shown' : 'no tray on this desktop');
    if (hidden && !opened.shown) windows.showMinimized();
  });
  return {
    show: (page) => windows.show(page),
    quit,
    reportFault(where, error) {
      const { core } = host.link ?? {};
      if (core) core.reportFault(where, error);
      else log.error({ where, error }, 'unexpected error');
    },
    get leaving() {
      return quitting.leaving;
    },
  };
}

/** Only of a packaged app: else the system would start a bare Electron. */
function followLoginItem(host: DesktopHost, log: { warn(details: object, message: string): void }): void {
  if (!app.isPackaged) return;
  let kept = '';
  host.subscribe(() => {
    const { settings } = host.view;
    if (!settings || kept === JSON.stringify(settings.desktop)) return;
    kept = JSON.stringify(settings.desktop);
    const { APPIMAGE: image, XDG_CONFIG_HOME: config } = process.env;
    setLoginItem(settings.desktop, {
      app,
      platform: process.platform,
      program: image ?? process.execPath,
      configFolder: config || join(homedir(), '.config'),
    }).catch((error) => log.warn({ error }, 'the start at login could not be changed'));
  });
}
