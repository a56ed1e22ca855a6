import type { Signal } from '../../src/engine/wire/signal';
import { encodeBatch } from './batches';
import { openGrpcSender, openHttpSender } from './send-batch';

/** One argument: this, as JSON. */
export interface LoadOrder {
  transport: 'grpc' | 'http';
  port: number;
  signal: Signal;
  seconds: number;
  /** Items a second; null sends as fast as it is answered. */
  rate: number | null;
  inFlight: number;
  /** Ends as well when this many items are sent. */
  items?: number;
  /** With `items`: they happened evenly in so many milliseconds until now, in place of as they are sent. */
  pastMs?: number;
}

/** Printed as one JSON line at the end. */
export interface LoadReport {
  accepted: number;
  refusedRequests: number;
  failedRequests: number;
  seconds: number;
  /** Milliseconds from the first byte to the answer, accepted requests. */
  answerP50: number;
  answerP95: number;
  bytes: number;
  cpuSeconds: number;
}

const CONNECTIONS = 4;
const RETRY_AFTER_MS = 50;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const order = JSON.parse(process.argv[2] ?? '{}') as LoadOrder;
const open = order.transport === 'grpc' ? openGrpcSender : openHttpSender;
const sender = open(order.port, order.signal, CONNECTIONS);
const first = encodeBatch(order.signal, 0);
const started = performance.now();
const ends = started + order.seconds * 1000;
const report = { accepted: 0, refusedRequests: 0, failedRequests: 0, bytes: 0 };
const answers: number[] = [];
// Unique over the runs of one benchmark, which share a store.
let sequence = (Date.now() % 1_000_000) * 1000;
let issued = 0;

function backMs(sent: number): number {
  const { pastMs, items } = order;
  return pastMs === undefined || items === undefined ? 0 : Math.round(pastMs * Math.max(0, 1 - sent / items));
}

async function lane(index: number): Promise<void> {
  const batch = index === 0 ? first : encodeBatch(order.signal, index);
  while (performance.now() < ends && issued < (order.items ?? Number.POSITIVE_INFINITY)) {
    const due = started + (issued / (order.rate ?? Number.POSITIVE_INFINITY)) * 1000;
    issued += batch.items;
    if (due > performance.now()) await pause(due - performance.now());
    batch.patch(sequence++ >>> 0, BigInt(Date.now() - backMs(issued)) * 1_000_000n);
    for (let outcome = await timed(batch); outcome !== 'accepted'; outcome = await timed(batch)) {
      if (outcome === 'refused') report.refusedRequests++;
      else report.failedRequests++;
      await pause(RETRY_AFTER_MS);
      if (performance.now() > ends) return;
    }
    report.accepted += batch.items;
    report.bytes += batch.message.length;
  }
}

async function timed(batch: ReturnType<typeof encodeBatch>) {
  const from = performance.now();
  const outcome = await sender.send(batch);
  if (outcome === 'accepted') answers.push(performance.now() - from);
  return outcome;
}

await Promise.all(Array.from({ length: order.inFlight }, (_, index) => lane(index)));
const seconds = (performance.now() - started) / 1000;
sender.close();
answers.sort((a, b) => a - b);
const quantile = (q: number) => answers[Math.floor(answers.length * q)] ?? 0;
const { user, system } = process.cpuUsage();
const full: LoadReport = {
  ...report,
  seconds,
  answerP50: quantile(0.5),
  answerP95: quantile(0.95),
  cpuSeconds: (user + system) / 1e6,
};
process.stdout.write(`${JSON.stringify(full)}\n`);
