import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { probeMetric, probeService } from '../../../shared/runs/probe-names';
import type { LokiClient } from '../../telemetry/loki-client';
import type { PrometheusClient } from '../../telemetry/prometheus-client';
import { BackendFailure } from '../../telemetry/request/backend-failure';
import type { TempoClient } from '../../telemetry/tempo-client';
import { probeOf } from './probe';

export interface ProbeParts {
  readonly tempo: TempoClient;
  readonly loki: LokiClient;
  readonly prometheus: PrometheusClient;
  readonly otlpHttp: () => string | null;
}

const FIRST_LOOK_MS = 50;
const LONGEST_LOOK_MS = 1000;

/**
 * Sends a span, a line and a point, and waits until each API shows its own: what was acknowledged before went the same way. A
 * collector that keeps several queues may overtake it, which cannot be seen from here. False where that takes longer, the probe is
 * not taken, or there is nowhere to send it.
 */
export async function awaitProbe(parts: ProbeParts, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
  const url = parts.otlpHttp();
  if (url === null) return false;
  const late = AbortSignal.timeout(timeoutMs);
  const ends = signal ? AbortSignal.any([late, signal]) : late;
  try {
    const id = randomBytes(8).toString('hex');
    const nowMs = Date.now();
    for (const [path, body] of probeOf(id, nowMs)) {
      const headers = { 'content-type': 'application/json' };
      const sent = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body), signal: ends });
      await sent.arrayBuffer();
      if (!sent.ok) return false;
    }
    const window = () => ({ from: nowMs - 60_000, to: Date.now() + 1000 });
    const looks = [
      async () =>
        (
          await parts.tempo.search(
            `{ resource.service.name = "${probeService}" && span.watchtower.probe = "${id}" }`,
            window(),
            1,
            ends,
          )
        ).traces.length > 0,
      async () =>
        (await parts.loki.query(`{service_name="${probeService}"} |= "${id}"`, window(), 1, 'backward', ends)).length >
        0,
      async () => {
        const { series } = await parts.prometheus.query(`max(${probeMetric})`, Date.now(), ends);
        return Number(series[0]?.values[0]?.[1] ?? 0) >= nowMs;
      },
    ];
    await Promise.all(looks.map((look) => untilSeen(look, ends)));
    return true;
  } catch (error) {
    signal?.throwIfAborted();
    if (late.aborted || error instanceof BackendFailure || error instanceof TypeError) return false;
    throw error;
  }
}

/** Asks ever less often. Rejects with the signal's reason. */
async function untilSeen(look: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  for (let waitMs = FIRST_LOOK_MS; !(await look()); waitMs = Math.min(LONGEST_LOOK_MS, waitMs * 1.5))
    await pause(waitMs, undefined, { signal });
}
