import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineConfig, EngineMessage, EnginePorts } from '../../shared/engine-messages';
import { buildTestPrograms } from '../build-test-programs';
import { encodeOtlpJson } from '../otlp/json/encode-otlp-json';
import type { Signal } from '../wire/signal';

/** A whole engine in a process of its own, as it ships, on free ports and a folder of its own. */
export interface RunningEngine {
  /** Those of now. */
  readonly ports: EnginePorts;
  /** Ends it with SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, on the same folder and port for OTLP over HTTP, where senders try again. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export async function startTestEngine(): Promise<RunningEngine> {
  const dataDir = mkdtempSync(join(tmpdir(), 'watchtower-runs-'));
  const programs = await buildTestPrograms();
  const open = async (ports: EnginePorts) => {
    const retention = { maxAgeHours: 72, maxBytes: 2 ** 31 };
    const config: EngineConfig = { dataDir, host: '127.0.0.1', ports, retention };
    const engine = fork(programs.engine, [JSON.stringify(config)]);
    const listening = await new Promise<EnginePorts>((resolve, reject) => {
      let told: EnginePorts;
      engine.on('message', (message: EngineMessage) => {
        if (message.type === 'listening') told = message.ports;
        if (message.type === 'ready') resolve(told);
        if (message.type === 'fatal') reject(new Error(message.problem.message));
      });
      engine.once('exit', (code) => reject(new Error(`the engine ended with ${code}`)));
    });
    return { engine, listening };
  };
  const free = { otlpGrpc: 0, otlpHttp: 0, tempo: 0, loki: 0, prometheus: 0 };
  let { engine, listening } = await open(free);
  const kill = async () => {
    engine.kill('SIGKILL');
    if (engine.exitCode === null && engine.signalCode === null) await once(engine, 'exit');
  };
  return {
    get ports() {
      return listening;
    },
    kill,
    start: async () => {
      ({ engine, listening } = await open({ ...free, otlpHttp: listening.otlpHttp }));
    },
    close: async () => {
      await kill();
      programs.remove();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const SERVICES: Record<Signal, string> = {
  traces: 'trace.v1.TraceService',
  logs: 'logs.v1.LogsService',
  metrics: 'metrics.v1.MetricsService',
};

/** Sends OTLP JSON over HTTP, or as protobuf over gRPC; resolves when it is acknowledged. */
export async function send(
  { ports }: RunningEngine,
  over: 'http' | 'grpc',
  signal: Signal,
  request: object,
): Promise<void> {
  const status =
    over === 'http' ? await post(ports.otlpHttp, signal, request) : await call(ports.otlpGrpc, signal, request);
  if (status !== '200' && status !== '0') throw new Error(`${signal} over ${over}: ${status}`);
}

async function post(port: number, signal: Signal, request: object): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/${signal}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  await response.arrayBuffer();
  return String(response.status);
}

async function call(port: number, signal: Signal, request: object): Promise<string> {
  const message = encodeOtlpJson(signal, request);
  const session = connect(`http://127.0.0.1:${port}`);
  const stream = session.request({
    ':method': 'POST',
    ':path': `/opentelemetry.proto.collector.${SERVICES[signal]}/Export`,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  const frame = Buffer.alloc(5 + message.length);
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, 5);
  stream.end(frame);
  stream.resume();
  const [trailers] = await once(stream, 'trailers');
  session.close();
  return String(trailers['grpc-status']);
}

/** The JSON of an answer; throws on any other than 200. */
// biome-ignore lint/suspicious/noExplicitAny: the answers of three APIs, as their clients read them.
export async function ask(port: number, path: string, parameters: Record<string, string> = {}): Promise<any> {
  const response = await fetch(`http://127.0.0.1:${port}${path}?${new URLSearchParams(parameters)}`);
  const body = await response.text();
  if (!response.ok) throw new Error(`${response.status}: ${body}`);
  return JSON.parse(body);
}
