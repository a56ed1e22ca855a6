import { expect, type Page, test } from '@playwright/test';
import { openPage } from '../open-page';
import { startHost, type TestHost } from '../start-host';
import { typeQuery } from '../type-query';

let host: TestHost;

test.describe.configure({ mode: 'serial' });
test.use({ permissions: ['clipboard-read', 'clipboard-write'] });
test.beforeAll(async () => {
  host = await startHost();
});
test.afterAll(() => host.stop());

/** In the order of the page. */
const languages = 'python nodejs go java dotnet rust ruby php browser docker-compose kubernetes'.split(' ');
const at = (path: string) => new URL(path, host.ui).href;
const clipboard = (page: Page) => page.evaluate<string>('navigator.clipboard.readText()');

async function sendLogs(service: string, ...lines: string[]): Promise<void> {
  const now = BigInt(Date.now()) * 1_000_000n;
  const logRecords = lines.map((line, index) => ({
    timeUnixNano: String(now + BigInt(index)),
    severityNumber: 9,
    severityText: 'INFO',
    body: { stringValue: line },
  }));
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }] };
  const answer = await fetch(`${host.otlp.http}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] }),
  });
  expect(answer.status).toBe(200);
}

async function generate(seconds: number): Promise<void> {
  const done = await host.cli('generate', '--rate', '10', '--duration', String(seconds), '--endpoint', host.otlp.grpc);
  expect(done.code, done.stderr).toBe(0);
}

test('the first telemetry lights up the overview and fills the live tails without a reload', async ({
  page,
  context,
}) => {
  await openPage(page, host, '/');
  await expect(page.getByText('Waiting for your first span')).toBeVisible();
  const logs = await context.newPage();
  await logs.goto(at('/logs'));
  await expect(logs.getByText('No log line was kept yet')).toBeVisible();
  const traces = await context.newPage();
  await traces.goto(at('/traces'));

  await generate(3);
  await expect(page.getByText('Your telemetry arrives')).toBeVisible();
  await expect(logs.getByRole('option').filter({ hasText: 'order-service' }).first()).toBeVisible();
  await expect(traces.getByText('api-gateway').first()).toBeVisible();
});

test('the log tail holds still while the reader is away, and counts what came', async ({ page }) => {
  await sendLogs('tail-test', ...Array.from({ length: 200 }, (_, index) => `before ${index}`));
  await openPage(page, host, '/logs?service=tail-test');
  await expect(page.getByText('before 199')).toBeVisible();
  await page.getByRole('listbox', { name: 'Log lines' }).hover();
  await page.mouse.wheel(0, -1500);
  await expect(page.getByText('held')).toBeVisible();
  const first = await page.getByRole('option').first().textContent();
  await sendLogs('tail-test', 'after 1', 'after 2');
  await expect(page.getByRole('button', { name: '2 new' })).toBeVisible();
  expect(await page.getByRole('option').first().textContent()).toBe(first);
  await page.getByRole('button', { name: '2 new' }).click();
  await expect(page.getByText('after 2')).toBeVisible();
});

test('hostile lines are shown as text', async ({ page }) => {
  await sendLogs(
    'hostile',
    '<img src=x onerror="document.title=1"> \u001b[31mred\u001b[0m \u001b]0;title\u0007 \u202egnp.exe',
  );
  await openPage(page, host, '/logs?service=hostile');
  await expect(page.getByText('<img src=x onerror="document.title=1"> red ␛]0;title␇ ‹U+202E›gnp.exe')).toBeVisible();
  expect(await page.locator('main img').count()).toBe(0);
  await expect(page).toHaveTitle('hostile · Logs · Watchtower');
});

test('a refused query is shown at its place and does not end the page', async ({ page }) => {
  await sendLogs('refused-query', 'a line');
  await openPage(page, host, '/logs');
  await typeQuery(page, 'LogQL', '{service_name="x"} |= ');
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByRole('button', { name: 'Back to the filters' }).click();
  await expect(page.getByRole('option').first()).toBeVisible();
});

test('brushing a chart sets the time window of the link, and an exemplar leads to its trace', async ({ page }) => {
  test.setTimeout(120_000);
  await generate(20);
  const [to, at] = await newestExemplar('traces_spanmetrics_latency_bucket');
  const from = to - 300_000;
  // A window that stands still: in one that slides the points run away from the pointer.
  await openPage(page, host, `/metrics?metric=traces_spanmetrics_latency&from=${from}&to=${to}`);
  await expect(page.getByText(/\d+ exemplars/)).toBeVisible({ timeout: 30_000 });
  const plot = page.locator('.u-over');
  // The page grows while it loads: who misses a point aims again.
  await expect(async () => {
    expect(await pointAtExemplar(page, (at - from) / (to - from))).toBe(true);
    await page.mouse.down();
    await page.mouse.up();
    await expect(page).toHaveURL(/\/traces\/[0-9a-f]{32}\?from=/, { timeout: 1500 });
  }).toPass({ timeout: 60_000 });
  await page.goBack();
  await plot.waitFor();
  const box = (await plot.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.5, box.y + 50);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, box.y + 60, { steps: 5 });
  await page.mouse.up();
  const width = () => {
    const { searchParams } = new URL(page.url());
    return Number(searchParams.get('to')) - Number(searchParams.get('from'));
  };
  await expect.poll(() => Math.abs(width() - 60_000)).toBeLessThan(5000);
});

/** The time now and that of the newest exemplar, in ms since the epoch. */
async function newestExemplar(query: string): Promise<[now: number, at: number]> {
  let found: [number, number] = [0, 0];
  await expect(async () => {
    const now = Date.now();
    const times = new URLSearchParams({ query, start: String(now / 1000 - 240), end: String(now / 1000) });
    const answer = (await (await fetch(`${host.prometheus}/api/v1/query_exemplars?${times}`)).json()) as {
      data: { exemplars: { timestamp: number }[] }[];
    };
    const all = answer.data.flatMap(({ exemplars }) => exemplars.map(({ timestamp }) => timestamp * 1000));
    expect(all.length).toBeGreaterThan(0);
    found = [now, Math.max(...all)];
  }).toPass({ timeout: 30_000 });
  return found;
}

/** Moves the pointer down the chart at a part of its width, until it is at an exemplar; false where none is. */
async function pointAtExemplar(page: Page, part: number): Promise<boolean> {
  const plot = page.locator('.u-over');
  const box = (await plot.boundingBox())!;
  for (let y = box.height - 2; y > 0; y -= 8) {
    await page.mouse.move(box.x + box.width * part, box.y + y);
    if (await plot.evaluate((element) => element.classList.contains('cursor-pointer'))) return true;
  }
  return false;
}

test('every snippet is copied exactly as the command line prints it', async ({ page }) => {
  test.setTimeout(120_000);
  await openPage(page, host, '/connect');
  const tabs = page.getByRole('tablist', { name: 'Language' }).getByRole('tab');
  await expect(tabs).toHaveCount(languages.length);
  for (const [index, language] of languages.entries()) {
    const printed = await host.cli('snippet', language, '--json');
    const { steps, title } = JSON.parse(printed.stdout) as { title: string; steps: { code: string }[] };
    await tabs.nth(index).click();
    for (const [step, { code }] of steps.entries()) {
      const what = steps.length > 1 ? `step ${step + 1} for ${title}` : `the env block for ${title}`;
      await page
        .getByRole('button', { name: `copy ${what}`, exact: false })
        .last()
        .click();
      await expect.poll(() => clipboard(page)).toBe(code);
    }
  }
  await page.getByRole('button', { name: 'copy the env block for bash' }).click();
  const printed = await host.cli('env', '--shell', 'bash');
  for (const line of printed.stdout.trim().split('\n')) expect(await clipboard(page)).toContain(line);
});

test('the keyboard reaches pages and the palette, and the time window goes along', async ({ page }) => {
  await openPage(page, host, '/logs?since=1h');
  await expect(page.getByRole('heading', { name: 'Logs' })).toBeVisible();
  // The two keys belong together only for a moment, which a busy machine may miss: who misses it presses again.
  await expect(async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await expect(page).toHaveURL(/\/metrics\?since=1h/, { timeout: 2000 });
  }).toPass();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('settings');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/settings/);
});

test('the palette takes what was typed, and Enter, while it still loads', async ({ page }) => {
  await page.route(/command-palette/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await openPage(page, host, '/logs');
  await expect(page.getByRole('heading', { name: 'Logs' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('settings');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/settings/);
});

test('deleting names what is lost, and the panel goes on by itself when the engine is killed', async ({ page }) => {
  await openPage(page, host, '/settings');
  await page.getByRole('button', { name: 'Delete…' }).click();
  await expect(page.getByRole('dialog')).toContainText(/[\d,]+ spans/);
  await page.getByRole('button', { name: 'Delete all' }).click();
  await expect(page.getByText('All telemetry is deleted')).toBeVisible();

  await page.goto(at('/logs?service=after-kill'));
  await expect(page.getByText('live', { exact: true })).toBeVisible();
  const stopped = await host.cli('status', '--json');
  expect(stopped.code, stopped.stderr).toBe(0);
  process.kill(await enginePid(), 'SIGKILL');
  // "Starting" can pass between two snapshots of the status; the problem stays to be read.
  await expect(page.getByText('1 problem')).toBeVisible();
  await expect(page.getByText('running')).toBeVisible({ timeout: 15_000 });
  await expect(() => sendLogs('after-kill', 'still here')).toPass({ timeout: 15_000 });
  await expect(page.getByRole('option').filter({ hasText: 'still here' })).toBeVisible();

  // What is over says so, and goes when it is dismissed.
  await page.getByText('1 problem').click();
  const problem = page.getByRole('dialog').getByRole('alert').filter({ hasText: 'SIGKILL' });
  await expect(problem).toContainText('happened, and is over');
  await problem.getByRole('button', { name: 'Dismiss' }).click();
  await expect(problem).toHaveCount(0);
});

/** The engine is the host's only child that runs the engine's script. */
async function enginePid(): Promise<number> {
  const { readdir, readFile } = await import('node:fs/promises');
  for (const name of (await readdir('/proc')).filter((each) => /^\d+$/.test(each))) {
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (parent === host.pid && command.includes('engine')) return Number(name);
  }
  throw new Error('the host runs no engine');
}
