import { expect, test } from '@playwright/test';
import { killEngine } from '../../bench/soak/kill-engine';
import { openPage } from '../open-page';
import { sendSpans } from '../send-otlp';
import { startHost } from '../start-host';

test('five kills of the engine under load lose no acknowledged span and double none, and an open page goes on', async ({
  page,
}) => {
  const host = await startHost();
  try {
    await openPage(page, host, '/traces');
    const report = await killEngine(host, 5, () => {});
    expect(report.returned).toBe(5);
    const { length } = report.acknowledged;
    expect(length).toBeGreaterThan(500);
    expect(report.census).toEqual({ found: length, missing: [], doubled: [], strange: [] });
    expect(report.storedRows).toBe(length);
    await sendSpans(host.otlp.http, [{ service: 'shop', name: 'after the kills' }]);
    await expect(page.getByRole('link', { name: /after the kills/ })).toBeVisible();
  } finally {
    await host.stop();
  }
});
