import type { Page } from '@playwright/test';

/** Types a query in place of what stands in its editor, with the keys of a person, and runs it. */
export async function typeQuery(page: Page, language: 'TraceQL' | 'LogQL', query: string): Promise<void> {
  await page.getByLabel(language).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(query);
  await page.keyboard.press('Enter');
}
