import type { Page } from '@playwright/test';

/** What the strip says of the one destination that is on. */
export const failing = (page: Page) => page.getByRole('link', { name: 'Cloud: failing' });
export const sending = (page: Page) => page.getByRole('link', { name: 'Cloud: sending to 1' });

/** Opens the destinations; the card of Sumo Logic. `ui` signs in. */
export async function openSumoCard(page: Page, ui: string) {
  await page.goto(ui);
  await page.goto(new URL('/destinations', ui).href);
  return page.getByRole('listitem', { name: 'Sumo Logic' });
}
