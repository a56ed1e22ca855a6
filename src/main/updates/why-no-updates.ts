import { parse } from 'yaml';

export interface Installation {
  packaged: boolean;
  test: boolean;
  platform: NodeJS.Platform;
  /** Path of the AppImage this runs from. */
  appImage: string | undefined;
  /** Content of `app-update.yml`, which the build writes; null where there is none. */
  config: string | null;
}

/** Why this installation does not update itself, or null where it does. */
export function whyNoUpdates({ packaged, test, platform, appImage, config }: Installation): string | null {
  if (test || !packaged) return 'Only an installed Watchtower updates itself.';
  if (platform === 'linux' && !appImage) return 'Update it with the package manager that installed it.';
  if (config === null) return 'This build does not know where its updates are.';
  // Without a name to compare with, electron-updater takes an installer of whomever.
  if (platform === 'win32' && !(parse(config) as { publisherName?: unknown } | null)?.publisherName)
    return 'This build is not signed, so that an update could not be told from a forgery.';
  return null;
}
