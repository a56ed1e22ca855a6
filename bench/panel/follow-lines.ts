import type { Browser, Page } from '@playwright/test';
import type { TestHost } from '../../e2e/start-host';
import type { Row } from '../benchmark';
import { framesWhile } from './frames';
import { sendLoad } from './send-load';
import { openPage, row } from './visit-pages';

const LINES = 5_000;
const LIVE_SECONDS = 60;
const HOUR_MS = 3_600_000;
const MEBIBYTE = 1024 * 1024;

/** A live list while lines arrive: frames, and the heap after it. */
export async function followLines(host: TestHost, browser: Browser, program: string): Promise<Row[]> {
  const page = await openPage(host, browser, '/logs');
  const lines = sendLoad(host, program, 'logs', LINES, LIVE_SECONDS + 10);
  await page.waitForTimeout(5_000);
  const live = await framesWhile(page, () => page.waitForTimeout(10_000));
  // What is kept of the lines is bounded, and full by now.
  const heapAtFirst = await heapOf(page);
  const restMs = (LIVE_SECONDS - 15) * 1000;
  await page.waitForTimeout(restMs);
  const heap = await heapOf(page);
  const anHour = heap + ((heap - heapAtFirst) * (HOUR_MS - LIVE_SECONDS * 1000)) / restMs;
  await lines;
  await page.close();
  return [
    row(`frames a second of a live list at ${LINES} lines/s`, '60', live.rate, live.rate),
    row('longest frame of it, ms', '', live.longest, live.longest),
    row(`heap after ${LIVE_SECONDS} s of it, MiB`, 200, heap / MEBIBYTE, heap / MEBIBYTE),
    row('heap after an hour, were it to grow as then, MiB', 200, anHour / MEBIBYTE, anHour / MEBIBYTE),
  ];
}

/** Bytes, without what nothing holds any more. */
function heapOf(page: Page): Promise<number> {
  return page.evaluate<number>('(gc(), performance.memory.usedJSHeapSize)');
}
