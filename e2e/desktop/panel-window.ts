import { type ElectronApplication, expect, type Page } from '@playwright/test';
import { createHome, launchDesktop } from './launch-desktop';

export interface PanelWindow {
  home: string;
  app: ElectronApplication;
  page: Page;
  close(): Promise<void>;
}

/** The built app with a home of its own, once its window shows a running engine. */
export async function openPanelWindow(): Promise<PanelWindow> {
  const { home, remove } = await createHome();
  const app = await launchDesktop({ home });
  const close = async () => {
    await app.close();
    await remove();
  };
  try {
    const page = await app.firstWindow();
    await expect(page.getByText('running').first()).toBeVisible({ timeout: 20_000 });
    return { home, app, page, close };
  } catch (error) {
    await close();
    throw error;
  }
}
