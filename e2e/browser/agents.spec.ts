import { expect, test } from '@playwright/test';
import { sendConversation, sendSession } from '../agent-story';
import { openPage } from '../open-page';
import { startHost, type TestHost } from '../start-host';

let host: TestHost;

test.beforeAll(async () => {
  host = await startHost();
});
test.afterAll(() => host.stop());

test('no session teaches, then an agent at work appears without a reload, with its time line', async ({ page }) => {
  await openPage(page, host, '/sessions');
  await expect(page.getByText('No agent has told of itself yet')).toBeVisible();
  // By its item: once it is coloured, the command is in pieces.
  await expect(page.getByRole('listitem').filter({ hasText: 'Claude Code' })).toContainText(
    / agent telemetry on claude\s*$/,
  );
  const id = await sendSession(host.otlp.http);
  const row = page.locator(`[data-session="${id}"]`);
  await expect(row).toBeVisible();
  await expect(row).toContainText('Fix the cart: the total is wrong');
  await expect(row).toContainText('$0.25');
  await expect(row).toContainText('at work');
  await row.click();
  const timeline = page.getByTestId('timeline');
  await expect(timeline.getByText('exit 1: 3 failed')).toBeVisible();
  await expect(timeline.getByText('Overloaded')).toBeVisible();
  await expect(timeline.getByText(/150k tokens became 20\.0k/)).toBeVisible();
  await timeline
    .getByRole('button', { name: /npm test/ })
    .first()
    .click();
  await expect(timeline.getByRole('region', { name: 'Arguments' })).toContainText('full_command: npm test');
  await page.getByRole('tab', { name: 'Tokens and tools' }).click();
  await expect(page.getByRole('row', { name: /claude-opus-5/ })).toContainText('8,000');
  await page.getByRole('link', { name: 'Its log lines' }).click();
  await expect(page.getByText('claude_code.tool_result').first()).toBeVisible();
});

test('a trace of generative AI is read as a conversation, searched and copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const traceId = await sendConversation(host.otlp.http);
  await openPage(page, host, `/traces/${traceId}`);
  await page.getByRole('tab', { name: 'Conversation' }).click();
  const conversation = page.getByTestId('conversation');
  await expect(conversation.getByText('Yes: snow, −4 °C.')).toBeVisible();
  await expect(conversation.locator('strong', { hasText: 'Oslo' })).toBeVisible();
  const tool = conversation.getByRole('article', { name: 'Tool get_weather' });
  await expect(tool).toHaveCount(1);
  await expect(tool.getByRole('region', { name: 'Arguments' })).toContainText('city: Oslo');
  await expect(tool.getByRole('region', { name: 'Result' })).toContainText('station: Blindern');
  await expect(conversation.getByText('image/png, 6.0 KiB')).toBeVisible();
  await expect(conversation.getByText('<b>', { exact: false })).toBeVisible();
  await expect(conversation.locator('img, b')).toHaveCount(0);

  await page.getByLabel('Search inside the conversation').fill('BLINDERN');
  await expect(page.getByRole('status').filter({ hasText: 'of 1' })).toBeVisible();
  await expect(conversation.locator('mark')).toHaveText('Blindern');
  await page.getByRole('button', { name: /: copy the conversation$/ }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('Will it snow in **Oslo**?');
  expect(copied).toContain('"station":"Blindern"');

  await conversation.getByTitle('Its span in the waterfall').last().click();
  const details = page.getByTestId('span-details');
  await expect(details.getByText('Yes: snow, −4 °C.')).toBeVisible();
  await expect(details.getByText('from above')).toHaveCount(0);
});
