import { expect, test } from '@playwright/test';
import { startHost, type TestHost } from '../start-host';

let host: TestHost;

// A recording of so many pages costs more than it tells: the screenshots stay.
test.use({ trace: 'off' });
test.beforeAll(async () => {
  host = await startHost();
  const sent = await host.cli('generate', '--rate', '10', '--duration', '5', '--endpoint', host.otlp.grpc);
  expect(sent.code, sent.stderr).toBe(0);
});
test.afterAll(() => host.stop());

const paths = [
  '/',
  '/services',
  '/services?table=true',
  '/services/order-service',
  '/traces',
  '/errors',
  '/logs',
  '/metrics',
  '/metrics?board=true',
  '/metrics?metric=traces_spanmetrics_calls_total',
  '/stack',
  '/destinations',
  '/connect',
  '/settings',
];
const sizes = [
  { width: 1024, height: 640 },
  { width: 1440, height: 900 },
  { width: 2560, height: 1440 },
];

test('every page is drawn in both themes and at every width, inside its window, asking nobody else', async ({
  page,
}, info) => {
  test.setTimeout(240_000);
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (new URL(request.url()).host !== new URL(host.ui).host) complaints.push(`asked ${request.url()}`);
  });
  await page.goto(host.ui);
  for (const path of paths) {
    await page.goto(new URL(path, host.ui).href);
    await expect(page.getByText('running').first()).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: 'Loading' })).toHaveCount(0);
    for (const size of sizes) {
      await page.setViewportSize(size);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const name = `${path.replaceAll(/[/?=]+/g, '-').slice(1) || 'overview'}-${size.width}-${colorScheme}`;
        await page.screenshot({ path: info.outputPath(`${name}.png`) });
      }
      const overflow = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow, `${path} at ${size.width} is wider than its window`).toBeLessThanOrEqual(0);
    }
  }
  expect(complaints).toEqual([]);
});
