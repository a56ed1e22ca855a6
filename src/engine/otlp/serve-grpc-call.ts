import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { ReportFault } from '../faults/report-fault';
import type { Signal } from '../wire/signal';
import type { Reception } from './answer-otlp-http';
import { type BodyFailure, NO_ROOM, TOO_LARGE } from './body/body-failure';
import type { Lease } from './body/memory-budget';
import { exportResponse } from './export-response';
import { type CallFailure, GrpcCall } from './grpc-call';
import type { Acceptance } from './intake';
import {
  RPC_INTERNAL,
  RPC_INVALID_ARGUMENT,
  RPC_RESOURCE_EXHAUSTED,
  RPC_UNAVAILABLE,
  RPC_UNIMPLEMENTED,
} from './rpc-status';

const SIGNAL_OF_PATH: ReadonlyMap<string, Signal> = new Map([
  ['/opentelemetry.proto.collector.trace.v1.TraceService/Export', 'traces'],
  ['/opentelemetry.proto.collector.logs.v1.LogsService/Export', 'logs'],
  ['/opentelemetry.proto.collector.metrics.v1.MetricsService/Export', 'metrics'],
]);
const MAX_PATH = 100;
/** What clients ask any server: nothing is lost with them. */
const ASKED_OF_ANY = /^\/grpc\.(?:health|reflection)\./;
const NO_ROOM_RETRY_MS = 200;

/** Whether a request is a gRPC call with protobuf messages: not gRPC-Web, and not gRPC with JSON. */
export function isGrpcCall(headers: IncomingHttpHeaders): boolean {
  const type = headers['content-type'] ?? '';
  return type.startsWith('application/grpc') && /^application\/grpc(?:\+proto)?\s*(?:;|$)/.test(type);
}

/** Answers one unary call on an HTTP/2 stream. `receiving` holds the streams whose message is on its way. */
export function serveGrpcCall(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  reception: Reception,
  receiving: Map<ServerHttp2Stream, number>,
  reportFault: ReportFault,
): void {
  const { intake } = reception;
  const call = new GrpcCall(stream, headers);
  const refuse = (failure: CallFailure, isLost = true) => {
    if (isLost) intake.refused(whyOf(failure));
    call.fail(failure);
    // The rest of the message, if any, is of no use.
    stream.close(constants.NGHTTP2_NO_ERROR);
  };
  const path = headers[':path'] ?? '';
  const signal = headers[':method'] === 'POST' ? SIGNAL_OF_PATH.get(path) : undefined;
  if (!signal) {
    const failure = { code: RPC_UNIMPLEMENTED, message: `${path.slice(0, MAX_PATH)} is not an OTLP service` };
    refuse(failure, !ASKED_OF_ANY.test(path));
    return;
  }

  const lease = intake.budget.lease();
  receiving.set(stream, Date.now());
  stream.on('data', (chunk: Buffer) => {
    if (call.isAnswered) return;
    if (!lease.take(chunk.length)) refuse(failureOf(NO_ROOM));
    else if (!call.take(chunk)) refuse(failureOf(TOO_LARGE));
  });
  stream.once('close', () => {
    receiving.delete(stream);
    // A call that is being handled holds its lease to its end.
    if (!handling) lease.end();
  });
  let handling = false;
  stream.once('end', () => {
    receiving.delete(stream);
    if (call.isAnswered) return;
    handling = true;
    handle(call, signal, reception, lease)
      .catch((error: unknown) => {
        reportFault('otlp grpc', error);
        call.fail({ code: RPC_INTERNAL, message: String(error) });
      })
      .finally(() => lease.end());
  });
}

async function handle(call: GrpcCall, signal: Signal, { intake, decoder }: Reception, lease: Lease): Promise<void> {
  const message = call.message();
  if ('code' in message) {
    intake.refused(whyOf(message));
    return call.fail(message);
  }
  const { encoding, body } = message;
  const request = encoding === 'identity' ? body : await decoder.decode(signal, encoding, false, body, lease);
  if (request instanceof Uint8Array) return answer(call, await intake.accept(signal, request));
  intake.refused(whyOf(failureOf(request)));
  call.fail(failureOf(request));
}

/** What the sender can mend is told. */
function whyOf({ code, message }: CallFailure): string | undefined {
  return code === RPC_UNAVAILABLE ? undefined : message;
}

function failureOf({ kind, message }: BodyFailure): CallFailure {
  if (kind === 'too-large') return { code: RPC_RESOURCE_EXHAUSTED, message };
  if (kind === 'no-room') return { code: RPC_UNAVAILABLE, message, retryAfterMs: NO_ROOM_RETRY_MS };
  return { code: kind === 'unknown-encoding' ? RPC_UNIMPLEMENTED : RPC_INVALID_ARGUMENT, message };
}

function answer(call: GrpcCall, acceptance: Acceptance): void {
  const { message } = acceptance;
  if (acceptance.kind === 'accepted') call.succeed(exportResponse(acceptance.rejected, message));
  else if (acceptance.kind === 'undecodable') call.fail({ code: RPC_INVALID_ARGUMENT, message });
  else if (acceptance.kind === 'too-large') call.fail({ code: RPC_RESOURCE_EXHAUSTED, message });
  else call.fail({ code: RPC_UNAVAILABLE, message, retryAfterMs: acceptance.retryAfterMs });
}
