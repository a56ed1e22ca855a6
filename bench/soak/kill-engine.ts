import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestHost } from '../../e2e/start-host';
import type { HostStatus } from '../../src/shared/contract/host';
import { findSpans, type SpanCensus } from './find-spans';
import { RetryingClient } from './retrying-client';

export interface KillReport {
  kills: number;
  /** Kills after which the host had the engine ready again by itself. */
  returned: number;
  /** Milliseconds from the kill to ready, pauses of the host included. */
  slowestReturnMs: number;
  /** Ids of the acknowledged spans. */
  acknowledged: readonly string[];
  repeatedRequests: number;
  census: SpanCensus;
  /** Rows of spans the store counts: doubles that the queries hide would show here. */
  storedRows: number;
}

/** Uptime before a kill, at most; some kills meet an engine that has just started. */
const LIFE_MS = 900;
const RETURN_MS = 20_000;
const COUNTED_MS = 10_000;
/** The host gives up on more than five crashes a minute and forgives at a restart by command: one is made in time. */
const KILLS_PER_RESTART = 3;

/** Kills the engine of a host at random moments under load; then looks for every acknowledged span. */
export async function killEngine(host: TestHost, times: number, say: (text: string) => void): Promise<KillReport> {
  const client = new RetryingClient({
    grpc: Number(host.otlp.grpc.split(':').at(-1)),
    http: Number(new URL(host.otlp.http).port),
  });
  let returned = 0;
  let slowestReturnMs = 0;
  for (let kill = 1; kill <= times; kill++) {
    await pause(Math.random() * LIFE_MS);
    const pid = await enginePid(host);
    process.kill(pid, 'SIGKILL');
    const took = await untilReadyAgain(host, pid);
    if (took === null) break;
    returned++;
    slowestReturnMs = Math.max(slowestReturnMs, took);
    if (kill % 10 === 0) say(`${kill} kills, ${client.report.acknowledged.size} traces\n`);
    if (kill % KILLS_PER_RESTART === 0) {
      const restarted = await enginePid(host);
      await call(host, 'restart');
      await untilReadyAgain(host, restarted);
    }
  }
  const { acknowledged, repeated } = await client.finish();
  const census = await findSpans(host.tempo, acknowledged);
  const ids = [...acknowledged.values()].flat();
  return {
    kills: times,
    returned,
    slowestReturnMs: Math.round(slowestReturnMs),
    acknowledged: ids,
    repeatedRequests: repeated,
    census,
    storedRows: await storedRows(host, ids.length),
  };
}

/** Milliseconds until another engine than `killed` is ready; null when that takes too long. */
async function untilReadyAgain(host: TestHost, killed: number): Promise<number | null> {
  const start = performance.now();
  while (performance.now() - start < RETURN_MS) {
    await pause(20);
    const status = await call(host, 'snapshot');
    if (status.state === 'ready' && (await enginePid(host)) !== killed) return performance.now() - start;
  }
  return null;
}

/** The counters come once a second: waits for the expected number, then takes what is there. */
async function storedRows(host: TestHost, expected: number): Promise<number> {
  const deadline = Date.now() + COUNTED_MS;
  for (;;) {
    const spans = (await call(host, 'snapshot')).storage.stored?.spans ?? 0;
    if (spans >= expected || Date.now() > deadline) return spans;
    await pause(500);
  }
}

async function enginePid({ home }: TestHost): Promise<number> {
  return (JSON.parse(await readFile(join(home, 'data', 'lock'), 'utf8')) as { pid: number }).pid;
}

async function call(host: TestHost, procedure: 'snapshot' | 'restart'): Promise<HostStatus> {
  const { origin, searchParams } = new URL(host.ui);
  const headers = { authorization: `Bearer ${searchParams.get('token')}` };
  const answer = await fetch(`${origin}/rpc/host/${procedure}`, { method: 'POST', headers });
  if (!answer.ok) throw new Error(`${procedure} answered ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { json: HostStatus }).json;
}
