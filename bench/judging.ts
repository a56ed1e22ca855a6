import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newTraceId, sendSpans } from '../e2e/send-otlp';
import type { TestHost } from '../e2e/start-host';
import { judgeAssertions } from '../src/core/assertions/judge-assertions';
import { loadAssertions } from '../src/core/assertions/load/load-assertions';
import { createHostClient } from '../src/core/http/client/create-host-client';
import { createObservedHost } from '../src/core/observing/create-observed-host';
import type { ObservedHost } from '../src/core/observing/observed-host';
import { waitForQuery } from '../src/core/waiting/wait-for-query';

const PROBES = 40;
/** Long enough for a tail to be open, and out of step with the commits. */
const PAUSE_MS = 130;

const CASE = `name: bench
expected:
  traces:
    - traceql: '{ resource.service.name = "bench" }'
      count: '>= 1'
      match_spans: [{ name: there }]
    - traceql: '{ name = "there" }'
      contains: bench
`;

/** From the acknowledgement of a span to the end of a wait for it, and what it takes to judge a case whose data is there. */
export async function measureJudging({
  ui,
  otlp,
}: Pick<TestHost, 'ui' | 'otlp'>): Promise<{ waits: number[]; cases: number[] }> {
  const { origin, searchParams } = new URL(ui);
  const observed = createObservedHost(createHostClient(origin, searchParams.get('token')!));
  const waits = await repeat(() => noticed(observed, otlp.http));
  await sendSpans(otlp.http, [{ service: 'bench', name: 'there' }]);
  return { waits, cases: await repeat(() => judged(observed)) };
}

async function noticed(host: ObservedHost, otlp: string): Promise<number> {
  const name = `probe-${newTraceId()}`;
  const waited = waitForQuery(host, {
    question: { signal: 'traces', query: `{ name = "${name}" }` },
    everything: undefined,
    count: 1,
    from: Date.now() - 60_000,
    timeoutMs: 10_000,
    signal: new AbortController().signal,
  }).then(({ met }) => {
    if (!met) throw new Error(`${name} was not noticed`);
    return performance.now();
  });
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS + Math.random() * PAUSE_MS));
  await sendSpans(otlp, [{ service: 'probe', name }]);
  const acknowledged = performance.now();
  return Math.max(0, (await waited) - acknowledged);
}

async function judged(host: ObservedHost): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'watchtower-bench-'));
  writeFileSync(join(folder, 'oats-case.yaml'), CASE);
  const began = performance.now();
  const loaded = loadAssertions(['oats-case.yaml'], { folder, fixtureRuns: false });
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  const [verdict] = await judgeAssertions(loaded, {
    host,
    run: null,
    from: Date.now() - 600_000,
    timeoutMs: 10_000,
    app: { host: '127.0.0.1', port: 1 },
    otlpHttp: undefined,
    scripts: null,
  });
  const took = performance.now() - began;
  rmSync(folder, { recursive: true, force: true });
  if (verdict?.state !== 'passed') throw new Error(JSON.stringify(verdict));
  return took;
}

async function repeat(probe: () => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < PROBES; index++) times.push(await probe());
  return times;
}
