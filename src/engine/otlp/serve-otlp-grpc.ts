import {
  constants,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { printFault, type ReportFault } from '../faults/report-fault';
import { listen } from '../http/listen';
import { exportResponse } from './export-response';
import { type CallFailure, GrpcCall } from './grpc-call';
import type { Acceptance, Intake } from './intake';
import type { Receiver, ReceiverAddress } from './receiver';
import { RPC_INTERNAL, RPC_INVALID_ARGUMENT, RPC_UNAVAILABLE, RPC_UNIMPLEMENTED } from './rpc-status';
import type { Signal } from './signal';

/** Lets a sender put a whole large message on the wire without waiting for a window update. */
const STREAM_WINDOW_BYTES = 4 * 1024 * 1024;
const CONNECTION_WINDOW_BYTES = 32 * 1024 * 1024;
const MAX_FRAME_BYTES = 1024 * 1024;
const MAX_STREAMS = 128;
/** Megabytes of a session's frames in nghttp2; its default of 10 resets connections under load. */
const SESSION_MEMORY_MB = 64;
/** Bytes of half-received messages over all connections; bounds the receiver's memory. */
const MAX_RECEIVING_BYTES = 128 * 1024 * 1024;
const RECEIVE_TIMEOUT_MS = 60_000;
const SWEEP_MS = 5_000;

const SIGNAL_OF_PATH: ReadonlyMap<string, Signal> = new Map([
  ['/opentelemetry.proto.collector.trace.v1.TraceService/Export', 'traces'],
  ['/opentelemetry.proto.collector.logs.v1.LogsService/Export', 'logs'],
  ['/opentelemetry.proto.collector.metrics.v1.MetricsService/Export', 'metrics'],
]);

/**
 * OTLP over gRPC without TLS, on Node's HTTP/2: unary calls of raw bytes, gzip and deflate. Rejects with `PortInUse`.
 * By hand, because it takes half the time a span of a gRPC library and a tenth of its time to load.
 */
export async function serveOtlpGrpc(intake: Intake, address: ReceiverAddress): Promise<Receiver> {
  const { host, port, reportFault = printFault } = address;
  const server = createServer({
    maxSessionMemory: SESSION_MEMORY_MB,
    settings: {
      initialWindowSize: STREAM_WINDOW_BYTES,
      maxFrameSize: MAX_FRAME_BYTES,
      maxConcurrentStreams: MAX_STREAMS,
      enablePush: false,
    },
  });
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.setLocalWindowSize(CONNECTION_WINDOW_BYTES);
    session.on('error', () => {});
    session.once('close', () => sessions.delete(session));
  });
  const receiving = new ReceivingCalls();
  server.on('stream', (stream, headers) => serveCall(stream, headers, intake, receiving, reportFault));
  const sweep = setInterval(() => receiving.endLate(), SWEEP_MS);
  const bound = await listen(server, host, port);
  return {
    port: bound,
    close: (graceMs) =>
      new Promise((resolve) => {
        clearInterval(sweep);
        const force = setTimeout(() => {
          for (const session of sessions) session.destroy();
        }, graceMs);
        server.close(() => {
          clearTimeout(force);
          resolve();
        });
        for (const session of sessions) session.close();
      }),
  };
}

/** Calls whose message is still on its way. */
class ReceivingCalls {
  private readonly calls = new Map<ServerHttp2Stream, { deadline: number; bytes: number }>();
  private bytes = 0;

  begin(stream: ServerHttp2Stream): void {
    this.calls.set(stream, { deadline: Date.now() + RECEIVE_TIMEOUT_MS, bytes: 0 });
  }

  /** False when there is no room for more. */
  add(stream: ServerHttp2Stream, bytes: number): boolean {
    const call = this.calls.get(stream);
    if (call) {
      call.bytes += bytes;
      this.bytes += bytes;
    }
    return this.bytes <= MAX_RECEIVING_BYTES;
  }

  end(stream: ServerHttp2Stream): void {
    this.bytes -= this.calls.get(stream)?.bytes ?? 0;
    this.calls.delete(stream);
  }

  endLate(): void {
    const now = Date.now();
    for (const [stream, { deadline }] of this.calls) if (deadline < now) stream.close(constants.NGHTTP2_CANCEL);
  }
}

const OUT_OF_ROOM: CallFailure = {
  code: RPC_UNAVAILABLE,
  message: 'too many large requests at once',
  retryAfterMs: 200,
};

function serveCall(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  intake: Intake,
  receiving: ReceivingCalls,
  reportFault: ReportFault,
) {
  stream.on('error', () => {});
  if (headers[':method'] !== 'POST' || !headers['content-type']?.startsWith('application/grpc')) {
    stream.respond({ ':status': 415 }, { endStream: true });
    return;
  }
  const call = new GrpcCall(stream, headers);
  const refuse = (failure: CallFailure) => {
    intake.refused();
    call.fail(failure);
    // The rest of the message, if any, is of no use.
    stream.close(constants.NGHTTP2_NO_ERROR);
  };
  const path = headers[':path'] ?? '';
  const signal = SIGNAL_OF_PATH.get(path);
  if (!signal) return refuse({ code: RPC_UNIMPLEMENTED, message: `${path} is not an OTLP service` });

  receiving.begin(stream);
  stream.on('data', (chunk: Buffer) => {
    if (call.isAnswered) return;
    const room = receiving.add(stream, chunk.length);
    const failure = room ? call.take(chunk) : OUT_OF_ROOM;
    if (failure) refuse(failure);
  });
  stream.once('close', () => receiving.end(stream));
  stream.once('end', () => {
    receiving.end(stream);
    if (call.isAnswered) return;
    handle(call, signal, intake).catch((error: unknown) => {
      reportFault('otlp grpc', error);
      call.fail({ code: RPC_INTERNAL, message: String(error) });
    });
  });
}

async function handle(call: GrpcCall, signal: Signal, intake: Intake): Promise<void> {
  const message = await call.message();
  if (message instanceof Uint8Array) return answer(call, await intake.accept(signal, message));
  intake.refused();
  call.fail(message);
}

function answer(call: GrpcCall, acceptance: Acceptance): void {
  if (acceptance.kind === 'accepted') call.succeed(exportResponse(acceptance.rejected, acceptance.message));
  else if (acceptance.kind === 'undecodable') call.fail({ code: RPC_INVALID_ARGUMENT, message: acceptance.message });
  else call.fail({ code: RPC_UNAVAILABLE, message: acceptance.message, retryAfterMs: acceptance.retryAfterMs });
}
