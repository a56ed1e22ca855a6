import type { Browser } from '@playwright/test';
import { newSpanId, newTraceId } from '../../e2e/send-otlp';
import type { TestHost } from '../../e2e/start-host';
import type { Row } from '../benchmark';
import { framesWhile } from './frames';
import { openPage, row } from './visit-pages';

const SPANS = 10_000;
const SPANS_A_REQUEST = 2500;
/** Each span calls so many others. */
const FAN_OUT = 8;
const SECONDS = 8;
const WHEEL_PX = 240;
const WHEEL_EVERY_MS = 25;

/** Frames while a person scrolls through the waterfall of a trace of 10,000 spans. */
export async function scrollTrace(host: TestHost, browser: Browser): Promise<Row[]> {
  const traceId = await sendTrace(host.otlp.http);
  const page = await openPage(host, browser, `/traces/${traceId}`);
  const spans = page.getByRole('tree', { name: 'Spans of the trace' });
  await spans.waitFor({ timeout: 30_000 });
  await spans.hover();
  const { rate, longest } = await framesWhile(page, async () => {
    for (let at = 0; at < (SECONDS * 1000) / WHEEL_EVERY_MS; at++) {
      await page.mouse.wheel(0, at < (SECONDS * 500) / WHEEL_EVERY_MS ? WHEEL_PX : -WHEEL_PX);
      await page.waitForTimeout(WHEEL_EVERY_MS);
    }
  });
  await page.close();
  return [
    row(`frames a second of a trace of ${SPANS} spans while it is scrolled`, '60', rate, rate),
    row('longest frame of it, ms', '', longest, longest),
  ];
}

async function sendTrace(endpoint: string): Promise<string> {
  const traceId = newTraceId();
  const ids = Array.from({ length: SPANS }, newSpanId);
  const at = Date.now() - 60_000;
  const spans = ids.map((spanId, index) => ({
    ...{ traceId, spanId, kind: index === 0 ? 2 : 3, name: `read ${nameOf(index)}` },
    ...(index > 0 && { parentSpanId: ids[Math.floor((index - 1) / FAN_OUT)] }),
    startTimeUnixNano: `${at + Math.floor(index / 10)}000000`,
    endTimeUnixNano: `${at + 10_000 + Math.floor(index / 20)}000000`,
  }));
  for (let from = 0; from < SPANS; from += SPANS_A_REQUEST) {
    const part = spans.slice(from, from + SPANS_A_REQUEST);
    const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'large-trace' } }] };
    const answer = await fetch(`${endpoint}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'bench' }, spans: part }] }] }),
    });
    if (!answer.ok) throw new Error(`the large trace was refused: ${answer.status}`);
    await answer.arrayBuffer();
  }
  return traceId;
}

/** Letters alone: siblings whose names differ by a number are folded into one row. */
function nameOf(index: number): string {
  return [17_576, 676, 26, 1].map((place) => String.fromCharCode(97 + (Math.floor(index / place) % 26))).join('');
}
