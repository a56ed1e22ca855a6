import type { TestHost } from '../../e2e/start-host';
import { createHostClient } from '../../src/core/http/client/create-host-client';
import type { Signal } from '../../src/engine/wire/signal';
import { generateLoad } from '../engine-process';
import { sendMesh } from './send-mesh';

const MILLION = 1_000_000;
const HOUR_MS = 3_600_000;
const AT_MOST_SECONDS = 900;

export interface Filling {
  readonly spans: number;
  readonly lines: number;
  readonly services: number;
}

/** What the figures are told for. */
export const usualFilling: Filling = { spans: 5 * MILLION, lines: 5 * MILLION, services: 60 };

/** Spans, lines and 1,000 series, spread over the last hour, and services that call each other; resolves when all of it is visible. */
export async function fillHost(host: TestHost, loadProgram: string, filling: Filling): Promise<void> {
  const { origin, searchParams } = new URL(host.ui);
  const client = createHostClient(origin, searchParams.get('token') ?? '');
  // None of it shall be gone before it is looked at.
  await client.host.updateSettings({ retention: { maxAgeHours: 72, maxBytes: 20 * 1024 ** 3 } });
  const port = Number(host.otlp.grpc.split(':').at(-1));
  const fill = async (signal: Signal, items: number) => {
    const order = { transport: 'grpc', port, signal, seconds: AT_MOST_SECONDS, rate: null, items } as const;
    const { accepted } = await generateLoad(loadProgram, { ...order, inFlight: 16, pastMs: HOUR_MS });
    if (accepted < items) throw new Error(`only ${accepted} of ${items} ${signal} were accepted`);
    process.stderr.write(`${accepted} ${signal} sent\n`);
  };
  await fill('traces', filling.spans);
  await fill('logs', filling.lines);
  await fillSeries(loadProgram, port);
  await sendMesh(host.otlp.http, filling.services);
  for (let settled = false; !settled; ) ({ settled } = await client.runs.settled({ timeoutMs: 60_000 }));
}

/** Two lanes of 512 series each, a point every few seconds of the hour. */
async function fillSeries(loadProgram: string, port: number): Promise<void> {
  const order = { transport: 'grpc', port, signal: 'metrics', seconds: AT_MOST_SECONDS, rate: null } as const;
  await generateLoad(loadProgram, { ...order, inFlight: 2, items: 250_000, pastMs: HOUR_MS });
}
