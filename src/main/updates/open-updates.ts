import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { askAboutUpdate, type UpdateTalk } from './ask-about-update';
import { openUpdateSource, type UpdateChannel } from './open-update-source';
import { UpdateController } from './update-controller';
import { whyNoUpdates } from './why-no-updates';

export interface Updates {
  /** Looks for a newer version, because a person asks. */
  check(): Promise<void>;
  /** A person wants the version that is ready: leaving the app puts it in place. */
  readonly accepted: boolean;
  install(): void;
}

export interface UpdatesOptions {
  channel(): UpdateChannel;
  /** Leaves the app as its menu does, with everything it asks; false when it stays. */
  quit(): Promise<boolean>;
}

const talk: UpdateTalk = {
  async tell(message, detail = '') {
    await dialog.showMessageBox({ title: 'Watchtower', message, detail, noLink: true });
  },
  async ask(message, yes) {
    const buttons = [yes, 'Not now'];
    const { response } = await dialog.showMessageBox({
      title: 'Watchtower',
      message,
      buttons,
      cancelId: 1,
      noLink: true,
    });
    return response === 0;
  },
};

/** The app's updates. electron-updater is loaded when first asked for. */
export function openUpdates({ channel, quit }: UpdatesOptions): Updates {
  let opened: { channel: UpdateChannel; controller: UpdateController } | null = null;
  let accepted = false;
  return {
    get accepted() {
      return accepted;
    },
    async check() {
      if (opened?.channel !== channel()) opened = { channel: channel(), controller: await openController(channel()) };
      accepted = await askAboutUpdate(opened.controller, talk);
      // Whoever stays after all may leave another time without it.
      if (accepted) accepted = await quit();
    },
    install: () =>
      void opened?.controller.send({ name: 'install' }).then(({ name }) => name === 'failed' && startAgain()),
  };
}

async function openController(channel: UpdateChannel): Promise<UpdateController> {
  const config = await readFile(join(process.resourcesPath, 'app-update.yml'), 'utf8').catch(() => null);
  const why = whyNoUpdates({
    packaged: app.isPackaged,
    test: process.env.WATCHTOWER_TEST === '1',
    platform: process.platform,
    appImage: process.env.APPIMAGE,
    config,
  });
  if (why !== null) return new UpdateController(null, why);
  const { autoUpdater } = await import('electron-updater');
  return new UpdateController(openUpdateSource(autoUpdater, channel, startAgain), null);
}

/** What could not be put in place: the app is gone by then, so the old version comes back. */
function startAgain(): void {
  app.relaunch();
  app.exit(1);
}
