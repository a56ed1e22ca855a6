import { setTimeout as pause } from 'node:timers/promises';
import { startOtlpSink } from '../e2e/otlp-sink';
import { addressForContainers, cli, containerOf, docker, openStackHost, type StackHost } from '../e2e/stack/stack-host';
import type { Benchmark, Row } from './benchmark';
import { cpuSeconds } from './process-usage';
import { quantile } from './quantile';

const STARTS = 5;
const CHANGES = 10;
const TOGGLES = 20;
const LOOK_EVERY_MS = 20;

/** What the Docker stack costs beyond its containers, on the images of WATCHTOWER_IMAGE_… or the stand-ins. */
export const benchStack: Benchmark = async ({ seconds }) => {
  const stack = await openStackHost();
  try {
    await cli(stack, 'backend', 'docker');
    const beyond: number[] = [];
    for (let run = 0; run < STARTS; run++) beyond.push(await startWarm(stack));
    const seen: number[] = [];
    for (let run = 0; run < CHANGES; run++) seen.push(await killOne(stack));
    const toggles = await toggleDestination(stack);
    const unwatched = await idleShare(stack, seconds, false);
    const watched = await idleShare(stack, seconds, true);
    return [
      row('warm start beyond the slowest service, s', beyond, 10),
      row('view of a change, s', seen, 1),
      row('toggle, s', toggles, 2),
      row('CPU of the idle host, % of a core', [100 * unwatched], 1),
      row('the same with the Stack page open', [100 * watched], 1),
    ];
  } finally {
    await stack.dispose();
  }
};

function row(figure: string, values: readonly number[], bound: number): Row {
  return { figure, runs: values.length, p50: quantile(values, 0.5), max: Math.max(...values), bound };
}

/** Seconds of an `up` with all images present, less the longest time that one service took from its start to its answer. */
async function startWarm(stack: StackHost): Promise<number> {
  await cli(stack, 'down');
  const from = Date.now();
  const done = cli(stack, 'up');
  const readyAt = new Map<string, number>();
  let own = 0;
  let up = false;
  while (!up) {
    const { state, services } = await stack.stack();
    for (const { name, state: service, startedAt } of services) {
      if (service !== 'ready' || readyAt.has(name)) continue;
      readyAt.set(name, Date.now());
      own = Math.max(own, Date.now() - startedAt!);
    }
    up = state === 'ready';
    await pause(LOOK_EVERY_MS);
  }
  const total = Date.now() - from;
  await done;
  return (total - own) / 1000;
}

/** Seconds from the end of a container, by the engine's clock, to the status that tells it. */
async function killOne(stack: StackHost): Promise<number> {
  const container = containerOf(stack, 'tempo');
  const killed = docker('kill', container);
  for (;;) {
    if ((await stack.stack()).state === 'degraded') break;
    await pause(LOOK_EVERY_MS);
  }
  const seen = Date.now();
  await killed;
  const ended = Date.parse(await docker('inspect', '--format', '{{.State.FinishedAt}}', container));
  await cli(stack, 'up');
  return (seen - ended) / 1000;
}

async function toggleDestination(stack: StackHost): Promise<number[]> {
  const sink = await startOtlpSink(0, await addressForContainers(stack));
  const headers = [{ name: 'x-api-key', value: 'bench' }];
  await stack.ask('destinations/add', { kind: 'otlp', name: 'Bench', endpoint: sink.url, headers });
  const took: number[] = [];
  for (let toggle = 1; toggle <= TOGGLES; toggle++) {
    const from = performance.now();
    await stack.ask('destinations/toggle', { enabled: toggle % 2 === 1 });
    took.push((performance.now() - from) / 1000);
  }
  await sink.close();
  return took;
}

/** Cores of the host while nothing happens; `watched`: somebody reads the stack's status, with its usage. */
async function idleShare(stack: StackHost, seconds: number, watched: boolean): Promise<number> {
  const looking = new AbortController();
  if (watched) void readFeed(stack, looking.signal);
  await pause(5_000);
  const pid = stack.host.process.pid!;
  const before = cpuSeconds(pid);
  await pause(seconds * 1000);
  const share = (cpuSeconds(pid) - before) / seconds;
  looking.abort();
  return share;
}

async function readFeed(stack: StackHost, signal: AbortSignal): Promise<void> {
  const { origin, searchParams } = new URL(stack.host.ui);
  const headers = { authorization: `Bearer ${searchParams.get('token')}`, 'content-type': 'application/json' };
  try {
    const answer = await fetch(`${origin}/rpc/backend/status`, {
      method: 'POST',
      headers,
      body: '{"json":{"backend":"docker"}}',
      signal,
    });
    for await (const _chunk of answer.body!) if (signal.aborted) return;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
