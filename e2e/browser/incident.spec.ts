import { expect, type Page, test } from '@playwright/test';
import { incident, sendIncident } from '../send-incident';
import { startHost, type TestHost } from '../start-host';

let host: TestHost;
test.beforeAll(async () => {
  host = await startHost();
  await sendIncident(host.otlp.http);
});
test.afterAll(() => host.stop());

/** What differs names the one customer first, and the version beside it. */
async function seesTheCause(page: Page): Promise<void> {
  const differs = page.getByTestId('what-differs');
  await expect(differs.getByTestId('cause')).toContainText(incident.customer);
  await expect(differs).toContainText('customer.id');
  await expect(differs).toContainText(incident.version);
}

test('somebody who opens the overview is at the cause in three clicks', async ({ page }) => {
  await page.goto(host.ui);
  await page.getByRole('link', { name: 'GET /quote' }).click();
  await page.getByRole('button', { name: 'Slow vs rest' }).click();
  await seesTheCause(page);
});

test('and so without a pointer', async ({ page }) => {
  await page.goto(host.ui);
  await expect(page.getByRole('link', { name: 'GET /quote' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Commands' })).toBeFocused();
  await page.keyboard.type('GET /quote');
  await expect(page.getByRole('option', { name: /GET \/quote/ }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Slow vs rest' })).toBeEnabled();
  await page.keyboard.press('s');
  await seesTheCause(page);
});
