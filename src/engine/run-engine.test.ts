import { type ChildProcess, execFileSync, type ForkOptions, fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OtlpSink, startOtlpSink } from '../../e2e/otlp-sink';
import type { EngineConfig, EngineMessage, EnginePorts, ForwardConfig, ForwardStats } from '../shared/engine-messages';
import { buildTestPrograms } from './build-test-programs';
import { portsOf, sendSpan, type TestEngine, traceStatus } from './test-engine';

const ANY_PORTS: EnginePorts = { otlpGrpc: 0, otlpHttp: 0, tempo: 0, loki: 0, prometheus: 0 };

let programs: Awaited<ReturnType<typeof buildTestPrograms>>;
let dataDir: string;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  programs = await buildTestPrograms();
}, 60_000);
afterAll(() => programs.remove());

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'watchtower-engine-'));
});
afterEach(async () => {
  for (const child of running) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(dataDir, { recursive: true, force: true });
});

function start(ports: Partial<EnginePorts> = {}, forkOptions: ForkOptions = {}): TestEngine {
  const retention = { maxAgeHours: 72, maxBytes: 2 ** 31 };
  const config: EngineConfig = { dataDir, host: '127.0.0.1', ports: { ...ANY_PORTS, ...ports }, retention };
  const child = fork(programs.engine, [JSON.stringify(config)], forkOptions);
  const messages: EngineMessage[] = [];
  child.on('message', (message: EngineMessage) => messages.push(message));
  running.add(child);
  const exited = once(child, 'exit').then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  return { child, messages, exited };
}

test('a span that was accepted is answered by the Tempo API, counted in the stats, and a drain ends with 0', async () => {
  const engine = start();
  const ports = await portsOf(engine);
  expect(await sendSpan(ports.otlpHttp)).toBe(200);
  await expect.poll(() => traceStatus(ports.tempo)).toBe(200);
  const counted = () => engine.messages.some((each) => each.type === 'stats' && each.stats.stored.spans === 1);
  await expect.poll(counted).toBe(true);
  engine.child.send({ type: 'drain' });
  expect(await engine.exited).toBe(0);
});

test('an accepted span survives kill -9 right after its answer', async () => {
  const first = start();
  const before = await portsOf(first);
  expect(await sendSpan(before.otlpHttp)).toBe(200);
  first.child.kill('SIGKILL');
  await first.exited;
  const second = start();
  const after = await portsOf(second);
  await expect.poll(() => traceStatus(after.tempo)).toBe(200);
});

test('an engine whose host is gone drains by itself', async () => {
  const engine = start();
  await portsOf(engine);
  engine.child.disconnect();
  expect(await engine.exited).toBe(0);
});

test('an engine whose host is gone before it is up drains too', async () => {
  const engine = start();
  engine.child.disconnect();
  expect(await engine.exited).toBe(0);
});

test.each(['otlpGrpc', 'otlpHttp', 'tempo', 'loki', 'prometheus'] as const)(
  'a held %s port is named and fatal',
  async (name) => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as { port: number };
    const engine = start({ [name]: port });
    expect(await engine.exited).toBe(1);
    const problem = { kind: 'port-in-use', message: expect.stringContaining(String(port)) };
    expect(engine.messages).toContainEqual({ type: 'fatal', problem: expect.objectContaining(problem) });
    await new Promise((resolve) => holder.close(resolve));
  },
);

test('a second engine on the same data folder is refused and the first goes on', async () => {
  const first = start();
  const ports = await portsOf(first);
  const second = start();
  expect(await second.exited).toBe(1);
  const problem = expect.objectContaining({ kind: 'data-folder-held' });
  expect(second.messages).toContainEqual({ type: 'fatal', problem });
  expect(await sendSpan(ports.otlpHttp)).toBe(200);
});

test('an internal error is a crash, which the host mends, and not a fatal problem, which waits for the user', async () => {
  const failing = 'data:text/javascript,process.once("message",()=>setImmediate(()=>{throw new Error("boom")}))';
  const engine = start({}, { execArgv: ['--import', failing], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let stderr = '';
  engine.child.stderr!.on('data', (chunk) => {
    stderr += chunk;
  });
  const { tempo } = await portsOf(engine);
  // The database is at work: torn down then, it would abort the process.
  const asking = new AbortController();
  const ask = () => fetch(`http://127.0.0.1:${tempo}/api/search?q={}`, { signal: asking.signal }).catch(() => {});
  for (let i = 0; i < 50; i++) ask();
  engine.child.send({ type: 'clean', requestId: 'any' });
  expect(await engine.exited).toBe(1);
  asking.abort();
  await expect.poll(() => stderr).toContain('boom');
  expect(engine.messages.some(({ type }) => type === 'fatal')).toBe(false);
  await portsOf(start());
});

describe('forwarding', () => {
  const TOKEN = 'canary-token-8c1f';
  let sink: OtlpSink;

  beforeEach(async () => {
    sink = await startOtlpSink();
  });
  afterEach(() => sink.close());

  const cloud = (): ForwardConfig => ({
    destinations: [{ id: 'cloud', endpoint: sink.url, headers: { 'x-sumo-token': TOKEN } }],
    redaction: [],
  });
  const none: ForwardConfig = { destinations: [], redaction: [] };
  let requests = 0;

  async function forward({ child, messages }: TestEngine, forward: ForwardConfig) {
    const requestId = String(++requests);
    child.send({ type: 'forward', requestId, forward });
    const answer = () => messages.find((each) => each.type === 'forwarding' && each.requestId === requestId);
    await expect.poll(answer).toBeDefined();
    return answer();
  }

  function statsOf({ messages }: TestEngine): ForwardStats | undefined {
    const latest = messages.findLast((each) => each.type === 'forward-stats');
    return latest?.type === 'forward-stats' ? latest.stats.find(({ id }) => id === 'cloud') : undefined;
  }

  const journalFiles = () => readdirSync(join(dataDir, 'journal')).length;

  test('sends what is received to a destination with its header, and tells how it goes', async () => {
    const engine = start();
    const ports = await portsOf(engine);
    expect(await forward(engine, cloud())).not.toHaveProperty('problem');
    expect(await sendSpan(ports.otlpHttp)).toBe(200);
    await expect.poll(() => sink.items('traces').length).toBe(1);
    expect(sink.requests[0]!.headers['x-sumo-token']).toBe(TOKEN);
    await expect.poll(() => statsOf(engine)?.sent.spans).toBe(1);
    await expect.poll(() => traceStatus(ports.tempo)).toBe(200);
    expect(JSON.stringify(engine.messages)).not.toContain(TOKEN);
    await forward(engine, none);
    expect(await sendSpan(ports.otlpHttp)).toBe(200);
    engine.child.send({ type: 'drain' });
    expect(await engine.exited).toBe(0);
    expect(sink.items('traces').length).toBe(1);
  });

  test('a bad rule is answered and changes nothing', async () => {
    const engine = start();
    await portsOf(engine);
    const redaction = [{ action: 'drop', keys: 'a(', enabled: true }] as const;
    const answer = await forward(engine, { ...cloud(), redaction });
    expect(answer).toMatchObject({ problem: { kind: 'redaction-rule-invalid' } });
  });

  test.each(['SIGKILL', 'drain'] as const)('what waited at a %s is sent by the next engine', async (end) => {
    sink.answer({ status: 503 });
    const first = start();
    const before = await portsOf(first);
    await forward(first, cloud());
    expect(await sendSpan(before.otlpHttp)).toBe(200);
    if (end === 'SIGKILL') first.child.kill(end);
    else first.child.send({ type: 'drain' });
    expect(await first.exited).toBe(end === 'drain' ? 0 : null);

    sink.answer({ status: 200 });
    const second = start();
    const after = await portsOf(second);
    // The store has applied what the journal keeps for the destination, and is not held up by it.
    await expect.poll(() => traceStatus(after.tempo)).toBe(200);
    await forward(second, cloud());
    await expect.poll(() => sink.items('traces').length).toBe(1);
    const files = dataFiles(dataDir);
    expect(files.filter((path) => readFileSync(path).includes(TOKEN))).toEqual([]);
    expect(files.some((path) => path.endsWith('forward.json'))).toBe(true);
  });

  test('the journal of earlier runs goes when no destination needs it any more', async () => {
    sink.answer({ status: 503 });
    for (let run = 0; run < 3; run++) {
      const engine = start();
      const ports = await portsOf(engine);
      await forward(engine, cloud());
      expect(await sendSpan(ports.otlpHttp)).toBe(200);
      engine.child.send({ type: 'drain' });
      await engine.exited;
    }
    expect(journalFiles()).toBeGreaterThan(2);
    const engine = start();
    await portsOf(engine);
    await forward(engine, none);
    // The last that was written to, and the new one.
    await expect.poll(journalFiles).toBe(2);
  });

  test('a destination that hangs holds up neither the answers nor the end', async () => {
    sink.answer('hang');
    const engine = start();
    const ports = await portsOf(engine);
    await forward(engine, cloud());
    for (let sent = 0; sent < 20; sent++) expect(await sendSpan(ports.otlpHttp)).toBe(200);
    await expect.poll(() => sink.tries.length).toBeGreaterThan(0);
    await expect.poll(() => traceStatus(ports.tempo)).toBe(200);
    const from = performance.now();
    engine.child.send({ type: 'drain' });
    expect(await engine.exited).toBe(0);
    expect(performance.now() - from).toBeLessThan(4000);
  });
});

function dataFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** A real small disk needs the right to mount one. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

describe.skipIf(!canMount)('an engine whose disk is full', () => {
  const MEBIBYTE = 1024 * 1024;
  const filler = () => join(dataDir, 'filler');

  beforeEach(() => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300m', 'tmpfs', dataDir]);
  });
  afterEach(() => {
    execFileSync('umount', ['-l', dataDir]);
  });

  function leaveFree(bytes: number): void {
    const { bavail, bsize } = statfsSync(dataDir);
    appendFileSync(filler(), Buffer.alloc(bavail * bsize - bytes));
  }

  async function send({ otlpHttp }: EnginePorts): Promise<{ status: number; text: string }> {
    const body = JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'x' } }] }] }] });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`http://127.0.0.1:${otlpHttp}/v1/logs`, { method: 'POST', headers, body });
    return { status: answer.status, text: await answer.text() };
  }

  /** The disk-full problems that the engine shows now. */
  function shown({ messages }: TestEngine): string[] {
    const ids = new Set<string>();
    for (const message of messages) {
      if (message.type === 'problem' && message.problem.kind === 'disk-full') ids.add(message.id);
      if (message.type === 'problem-solved') ids.delete(message.id);
    }
    return [...ids];
  }

  // The receivers keep 128 MiB free, a checkpoint wants 48.
  test.each([100, 60, 20, 1])(
    'says so at %i MiB, refuses with 503 and the cause, and goes on by itself',
    async (free) => {
      const engine = start();
      const ports = await portsOf(engine);
      expect((await send(ports)).status).toBe(200);
      leaveFree(free * MEBIBYTE);
      await expect.poll(() => shown(engine)).toContain('journal-disk-full');
      const refused = await send(ports);
      expect(refused).toMatchObject({ status: 503, text: expect.stringContaining('The disk is full') });
      expect(refused.text).not.toContain('more telemetry arrives');
      rmSync(filler());
      await expect.poll(() => shown(engine), { timeout: 40_000 }).toEqual([]);
      expect((await send(ports)).status).toBe(200);
      engine.child.send({ type: 'drain' });
      expect(await engine.exited).toBe(0);
    },
    60_000,
  );

  test('says so of one that has too little from the start', async () => {
    leaveFree(100 * MEBIBYTE);
    const engine = start();
    const ports = await portsOf(engine);
    await expect.poll(() => shown(engine)).toContain('journal-disk-full');
    expect((await send(ports)).status).toBe(503);
  }, 60_000);

  test('is said to be full, not forbidden, where not even the lock can be written', async () => {
    leaveFree(0);
    const engine = start();
    expect(await engine.exited).toBe(1);
    expect(engine.messages).toContainEqual({ type: 'fatal', problem: expect.objectContaining({ kind: 'disk-full' }) });
    rmSync(filler());
    const ports = await portsOf(start());
    expect((await send(ports)).status).toBe(200);
  }, 60_000);

  test('listens where there is room for the lock alone, refuses, and opens the store when space returns', async () => {
    leaveFree(24 * 1024);
    const engine = start();
    await expect.poll(() => shown(engine)).toContain('store-unopened');
    rmSync(filler());
    const ports = await portsOf(engine);
    await expect.poll(() => shown(engine)).toEqual([]);
    expect((await send(ports)).status).toBe(200);
  }, 60_000);
});
