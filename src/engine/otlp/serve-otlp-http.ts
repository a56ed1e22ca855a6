import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { printFault } from '../faults/report-fault';
import { listen } from '../http/listen';
import { callerOf, LocalCallers } from '../http/local-callers';
import { exportResponse, exportResponseJson } from './export-response';
import type { Intake } from './intake';
import { encodeOtlpJson, OtlpJsonError } from './otlp-json';
import { type Body, type BodyRoom, readBody } from './read-body';
import type { Receiver, ReceiverAddress } from './receiver';
import {
  RPC_INTERNAL,
  RPC_INVALID_ARGUMENT,
  RPC_RESOURCE_EXHAUSTED,
  RPC_UNAVAILABLE,
  rpcStatus,
  rpcStatusJson,
} from './rpc-status';
import { SIGNALS, type Signal } from './signal';

/** Bytes, before and after decompression. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;
/** Bytes of half-received bodies over all connections. */
const MAX_RECEIVING_BYTES = 256 * 1024 * 1024;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 60_000;
const TIMEOUT_CHECK_MS = 2_000;
/** Longer than the exporters' usual interval, so that they keep their connection. */
const KEEP_ALIVE_MS = 75_000;

const PATHS: ReadonlyMap<string, Signal> = new Map(SIGNALS.map((signal) => [`/v1/${signal}`, signal]));
const PROTOBUF = 'application/x-protobuf';
const JSON_TYPE = 'application/json';
type ContentType = typeof PROTOBUF | typeof JSON_TYPE;

/** OTLP over HTTP/1.1: `/v1/traces`, `/v1/logs`, `/v1/metrics`. Rejects with `PortInUse`. */
export async function serveOtlpHttp(intake: Intake, address: ReceiverAddress): Promise<Receiver> {
  const { host, port, reportFault = printFault } = address;
  const callers = new LocalCallers(host);
  const room: BodyRoom = { bytes: 0, maxBytes: MAX_RECEIVING_BYTES };
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: TIMEOUT_CHECK_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    (request, response) => {
      if (!server.listening) response.shouldKeepAlive = false;
      answer(request, response, intake, callers, room).catch((error: unknown) => {
        reportFault('otlp http', error);
        if (!response.headersSent)
          sendStatus(response, 500, contentTypeOf(request) ?? JSON_TYPE, RPC_INTERNAL, String(error));
      });
    },
  );
  const bound = await listen(server, host, port);
  return {
    port: bound,
    close: (graceMs) =>
      new Promise((resolve) => {
        const force = setTimeout(() => server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(force);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  intake: Intake,
  callers: LocalCallers,
  room: BodyRoom,
) {
  const caller = callerOf(request);
  if (!caller) return sendText(response, 400, 'the request names its host twice; send one Host header');
  if (!callers.maySend(caller)) {
    return sendText(response, 403, 'only for programs and pages of this machine');
  }
  const { origin } = request.headers;
  if (origin !== undefined) response.setHeader('access-control-allow-origin', origin).setHeader('vary', 'Origin');

  const signal = PATHS.get((request.url ?? '').split('?', 1)[0]!);
  if (!signal) return sendText(response, 404, `not an OTLP path; send to ${[...PATHS.keys()].join(', ')}`);
  if (request.method === 'OPTIONS') return preflight(request, response);
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST, OPTIONS');
    return sendText(response, 405, 'OTLP is sent by POST');
  }
  const type = contentTypeOf(request);
  if (!type) return sendText(response, 415, `send ${PROTOBUF} or ${JSON_TYPE}`);

  const body = await readBody(request, MAX_BODY_BYTES, room);
  if (typeof body === 'string') {
    intake.refused();
    return refuseBody(response, type, body);
  }
  const message = type === JSON_TYPE ? fromJson(signal, body) : body;
  if (message instanceof OtlpJsonError) {
    intake.refused();
    return sendStatus(response, 400, type, RPC_INVALID_ARGUMENT, message.message);
  }

  const acceptance = await intake.accept(signal, message);
  if (acceptance.kind === 'undecodable') {
    sendStatus(response, 400, type, RPC_INVALID_ARGUMENT, acceptance.message);
  } else if (acceptance.kind === 'retry') {
    response.setHeader('retry-after', Math.max(1, Math.ceil(acceptance.retryAfterMs / 1000)));
    sendStatus(response, acceptance.overload ? 429 : 503, type, RPC_UNAVAILABLE, acceptance.message);
  } else if (type === JSON_TYPE) {
    send(response, 200, type, exportResponseJson(signal, acceptance.rejected, acceptance.message));
  } else send(response, 200, type, exportResponse(acceptance.rejected, acceptance.message));
}

function contentTypeOf(request: IncomingMessage): ContentType | undefined {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();
  return type === PROTOBUF || type === JSON_TYPE ? type : undefined;
}

function fromJson(signal: Signal, body: Buffer): Uint8Array | OtlpJsonError {
  try {
    return encodeOtlpJson(signal, JSON.parse(body.toString()));
  } catch (error) {
    if (error instanceof OtlpJsonError) return error;
    if (error instanceof SyntaxError) return new OtlpJsonError(`the body is not JSON: ${error.message}`);
    throw error;
  }
}

function refuseBody(response: ServerResponse, type: ContentType, problem: Exclude<Body, Buffer>): void {
  if (problem === 'too-large') {
    sendStatus(response, 413, type, RPC_RESOURCE_EXHAUSTED, `larger than ${MAX_BODY_BYTES} bytes`);
  } else if (problem === 'no-room') {
    response.setHeader('retry-after', 1);
    sendStatus(response, 503, type, RPC_UNAVAILABLE, 'too many large requests at once');
  } else if (problem === 'unknown-encoding') sendText(response, 415, 'send gzip, deflate or no content-encoding');
  else if (problem === 'corrupt') {
    sendStatus(response, 400, type, RPC_INVALID_ARGUMENT, 'the body does not match its content-encoding');
  } else response.destroy();
}

function preflight(request: IncomingMessage, response: ServerResponse): void {
  const headers = request.headers['access-control-request-headers'];
  response.writeHead(204, {
    'access-control-allow-methods': 'POST, OPTIONS',
    'access-control-allow-headers': headers ?? 'content-type, content-encoding',
    'access-control-max-age': '600',
  });
  response.end();
}

function sendStatus(response: ServerResponse, code: number, type: ContentType, rpcCode: number, message: string): void {
  send(response, code, type, type === JSON_TYPE ? rpcStatusJson(rpcCode, message) : rpcStatus(rpcCode, message));
}

function sendText(response: ServerResponse, code: number, message: string): void {
  send(response, code, 'text/plain; charset=utf-8', `${message}\n`);
}

function send(response: ServerResponse, code: number, type: string, body: string | Uint8Array): void {
  const content = typeof body === 'string' ? Buffer.from(body) : body;
  response.writeHead(code, { 'content-type': type, 'content-length': content.length });
  response.end(content);
}
