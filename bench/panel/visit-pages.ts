import type { Browser, Page } from '@playwright/test';
import type { TestHost } from '../../e2e/start-host';
import type { Row } from '../benchmark';
import { quantile } from '../quantile';

const ROUNDS = 10;
const LATE_MS = 15_000;
const REST_MS = 400;
/** Between the pointer's arrival on a link and the click, in which the page is fetched. */
const AIM_MS = 100;

/** A page, what leads to it, and a text that it shows once it is of use. */
export interface Visit {
  readonly what: string;
  /** Of the address to which its link leads; the link stands on the page at `from`. */
  readonly to: string;
  readonly from: string;
  /** Of its heading: the page before stays until this one can be drawn. */
  readonly title: string;
  readonly shows: string;
}

/** From the click to the frame in which a page shows what somebody came for, as the page itself sees it. */
export async function visitPages(page: Page, visits: readonly Visit[], boundMs: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const visit of visits) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await once(page, visit));
    const what = `${visit.what}: click to first useful paint`;
    rows.push(row(what, boundMs, quantile(times, 0.5), quantile(times, 0.95)));
  }
  return rows;
}

export function row(what: string, bound: number | string, p50: number, p95: number): Row {
  const told = { what, bound, p50: Math.round(p50), p95: Math.round(p95) };
  process.stderr.write(`${JSON.stringify(told)}\n`);
  return told;
}

/** A page of the panel in a window of its own. */
export async function openPage(host: TestHost, browser: Browser, path: string): Promise<Page> {
  const page = await browser.newPage({ bypassCSP: true, viewport: { width: 1440, height: 900 } });
  await page.goto(host.ui);
  if (path !== '/') await page.goto(new URL(path, host.ui).href);
  await page.locator('main').waitFor();
  return page;
}

async function once(page: Page, { to, from, title, shows }: Visit): Promise<number> {
  await page.evaluate(`document.querySelector(${linkTo(from)})?.click()`);
  await page.waitForFunction(`location.pathname === ${JSON.stringify(from)}`, null, { timeout: LATE_MS });
  await page.waitForFunction(`document.querySelector(${linkTo(to)}) !== null`, null, { timeout: LATE_MS });
  await page.waitForTimeout(REST_MS);
  await page.locator(selectorTo(to)).first().hover();
  await page.waitForTimeout(AIM_MS);
  // As text: this program knows no DOM.
  return page.evaluate<number>(`(async () => {
    const began = performance.now();
    document.querySelector(${linkTo(to)}).click();
    for (;;) {
      await new Promise(requestAnimationFrame);
      const isThere = document.querySelector('main h1')?.textContent.includes(${JSON.stringify(title)});
      if (isThere && document.querySelector('main').textContent.includes(${JSON.stringify(shows)})) return performance.now() - began;
      if (performance.now() - began > ${LATE_MS}) throw new Error(${JSON.stringify(`${to} does not show ${shows}`)});
    }
  })()`);
}

/** As a literal of JavaScript. */
function linkTo(path: string): string {
  return JSON.stringify(selectorTo(path));
}

/** Of the link to a path, whatever is asked of it. */
function selectorTo(path: string): string {
  return `a[href="${path}"], a[href^="${path}?"]`;
}
