import { expect } from '@playwright/test';
import type { Signal } from '../src/engine/wire/signal';
import type { OtlpSink } from './otlp-sink';
import { newSpanId, newTraceId, sendHistogram, sendLog, sendSpans } from './send-otlp';

/** Makes a sink take so many requests, and refuse what comes after them: all of it, or what is of one signal. */
export function refuseAfter(sink: OtlpSink, taken: number, status: number, only?: Signal): void {
  let requests = 0;
  sink.answer((signal) => ({ status: ++requests > taken && (only ?? signal) === signal ? status : 200 }));
}

/** One item of each signal. */
export async function sendOneOfEach(otlpHttp: string): Promise<void> {
  const [traceId, spanId] = [newTraceId(), newSpanId()];
  const service = 'mailer';
  await Promise.all([
    sendSpans(otlpHttp, [{ service, name: 'send', traceId, spanId }]),
    sendLog(otlpHttp, { service, body: 'sent' }),
    sendHistogram(otlpHttp, { service, name: 'mail.duration', count: 1, traceId, spanId }),
  ]);
}

/** Sends a little at a time, each after what came before has arrived, until the sink has refused something. */
export async function sendUntilRefused(otlpHttp: string, sink: OtlpSink): Promise<void> {
  const refused = () => sink.tries.some(({ status }) => status !== 200);
  while (!refused()) {
    const arrived = sink.tries.length;
    await sendOneOfEach(otlpHttp);
    await expect.poll(() => sink.tries.length, { timeout: 30_000, intervals: [20] }).toBeGreaterThan(arrived);
  }
}
