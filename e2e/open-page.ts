import type { Page } from '@playwright/test';

/** Opens a page of a host's panel by its path, signed in by the host's own address. */
export async function openPage(page: Page, { ui }: { ui: string }, path: string): Promise<void> {
  await page.goto(ui);
  await page.goto(new URL(path, ui).href);
}
