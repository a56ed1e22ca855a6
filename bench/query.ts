import type { EnginePorts } from '../src/shared/engine-messages';
import type { Benchmark, Row } from './benchmark';
import { EngineProcess, generateLoad } from './engine-process';
import { fillEngine } from './fill-engine';
import { quantile } from './quantile';

const MILLION = 1_000_000;
const LOADED_RATE = 50_000;
const ROUNDS = 40;
/** More than the rounds take; the load is ended when they are done. */
const WARM_UP_MS = 2000;
const HOUR_SECONDS = 3600;

interface Asked {
  readonly name: string;
  readonly url: (round: number) => string;
  /** Entries expected in the answer: one that answers nothing quickly must not count. */
  readonly expects: 'some' | 'none';
}

/** Queries over HTTP against a store of 1 and of 5 million spans, idle and with spans arriving; logs likewise. */
export const benchQuery: Benchmark = async ({ programs, seconds }) => {
  const engine = EngineProcess.start(programs.engine);
  const ports = await engine.ready();
  const rows: Row[] = [];
  const traceIds: string[] = [];
  for (const millions of [1, 4]) {
    await fillEngine(engine, programs.generateLoad, ports, 'traces', millions * MILLION);
    traceIds.push(...(await findTraceIds(ports)));
    const asked = await traceQueries(ports, traceIds);
    const spans = `${traceIds.length > ROUNDS ? 5 : 1}M spans`;
    if (millions > 1) rows.push(...(await measure(`${spans}, idle`, asked)));
    rows.push(...(await underLoad(programs.generateLoad, ports, seconds, () => measure(`${spans}, 50k/s`, asked))));
  }
  await fillEngine(engine, programs.generateLoad, ports, 'logs', 5 * MILLION);
  rows.push(...(await measure('5M logs, idle', logQueries(ports))));
  rows.push(
    ...(await underLoad(programs.generateLoad, ports, seconds, () => measure('5M logs, 50k/s', logQueries(ports)))),
  );
  await engine.stop();
  return rows;
};

/** As many ids as rounds, from the newest hundreds of traces. */
async function findTraceIds(ports: EnginePorts): Promise<string[]> {
  const url = `${tempo(ports)}/api/search?${new URLSearchParams({ q: '{ }', limit: String(ROUNDS) })}`;
  const { traces } = (await (await fetch(url)).json()) as { traces: { traceID: string }[] };
  return traces.map(({ traceID }) => traceID);
}

async function traceQueries(ports: EnginePorts, traceIds: readonly string[]): Promise<Asked[]> {
  const id = (round: number) => traceIds[(round * 7) % traceIds.length]!;
  const search = (
    name: string,
    q: string | ((round: number) => string),
    expects: Asked['expects'] = 'some',
  ): Asked => ({
    name,
    expects,
    url: (round) =>
      `${tempo(ports)}/api/search?${new URLSearchParams({ q: typeof q === 'string' ? q : q(round), limit: '20' })}`,
  });
  const path = await uniquePath(ports, traceIds[0]!);
  return [
    { name: 'trace by id', expects: 'some', url: (round) => `${tempo(ports)}/api/v2/traces/${id(round)}` },
    search('search, service', '{ resource.service.name = "order-service" }'),
    search('search, error and duration', '{ status = error && duration > 5ms }'),
    search('search, name', '{ name = "GET /api/orders" }'),
    search('search, duration, no match', '{ duration > 10s }', 'none'),
    search('search, common attribute', '{ .http.request.method = "POST" }'),
    search('search, one in 4 million', `{ span.url.path = ${JSON.stringify(path)} }`),
    search('search, many values', '{ .url.path =~ ".*/orders/.*4" && .thread.name = "worker-4" }'),
    search('search, many values, first time', (round) => `{ .url.path =~ ".*/orders/.*${100 + 4 * round}" }`),
    search('search, attribute, no match', (round) => `{ .http.route = "/none/${round}" }`, 'none'),
    search(
      'search, two values never together',
      (round) => `{ .http.response.status_code = 404 && .client.address = "10.0.0.${(round * 2 + 5) % 64}" }`,
      'none',
    ),
  ];
}

/** A path that one span alone has. */
async function uniquePath(ports: EnginePorts, traceId: string): Promise<string> {
  const trace = await (await fetch(`${tempo(ports)}/api/v2/traces/${traceId}`)).text();
  const path = /"(\/api\/orders\/[0-9a-f]{8}\d+)"/.exec(trace)?.[1];
  if (!path) throw new Error('no unique path in the trace');
  return path;
}

function logQueries(ports: EnginePorts): Asked[] {
  const end = Math.floor(Date.now() / 1000) + HOUR_SECONDS;
  const range = { start: String(end - 2 * HOUR_SECONDS), end: String(end), limit: '100' };
  const query = (name: string, logql: string, expects: Asked['expects']): Asked => ({
    name,
    expects,
    url: () =>
      `http://127.0.0.1:${ports.loki}/loki/api/v1/query_range?${new URLSearchParams({ ...range, query: logql })}`,
  });
  return [
    query('logs, contains, no match', '{service_name=~".+"} |= "no such words"', 'none'),
    query('logs, regex ignoring case, no match', '{service_name=~".+"} |~ "(?i)no such words"', 'none'),
    query('logs, newest 100', '{service_name=~".+"}', 'some'),
    query('logs, newest 100 errors', '{service_name="order-service"} | detected_level="error"', 'some'),
  ];
}

async function underLoad(
  program: string,
  ports: EnginePorts,
  seconds: number,
  run: () => Promise<Row[]>,
): Promise<Row[]> {
  const load = generateLoad(program, {
    transport: 'grpc',
    port: ports.otlpGrpc,
    signal: 'traces',
    seconds,
    rate: LOADED_RATE,
    inFlight: 16,
  });
  await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS));
  const started = performance.now();
  const rows = await run();
  const took = (performance.now() - started) / 1000;
  const { accepted, seconds: sent } = await load;
  if (took + WARM_UP_MS / 1000 > sent)
    process.stderr.write(`the load ended after ${sent} s, the queries took ${took} s\n`);
  return rows.map((row) => ({ ...row, 'spans/s': Math.round(accepted / sent) }));
}

/** One request at a time, the kinds in turn. */
async function measure(run: string, asked: readonly Asked[]): Promise<Row[]> {
  const times = new Map(asked.map(({ name }) => [name, [] as number[]]));
  for (let round = -1; round < ROUNDS; round++) {
    for (const { name, url, expects } of asked) {
      const started = performance.now();
      const answer = await fetch(url(round + 1));
      const text = await answer.text();
      const took = performance.now() - started;
      if (!answer.ok) throw new Error(`${name}: ${answer.status} ${text}`);
      if (isEmpty(text) !== (expects === 'none'))
        throw new Error(`${name}: expected ${expects}: ${text.slice(0, 300)}`);
      if (round >= 0) times.get(name)!.push(took);
    }
  }
  return asked.map(({ name }) => {
    const row = {
      run,
      query: name,
      'p50 ms': quantile(times.get(name)!, 0.5),
      'p95 ms': quantile(times.get(name)!, 0.95),
    };
    process.stderr.write(`${JSON.stringify(row)}\n`);
    return { ...row, requests: ROUNDS, 'spans/s': 0 };
  });
}

function isEmpty(text: string): boolean {
  return /"(?:traces|result)":\[\]/.test(text) || text.startsWith('{"trace":{}');
}

function tempo(ports: EnginePorts): string {
  return `http://127.0.0.1:${ports.tempo}`;
}
