import type { OutgoingHttpHeaders } from 'node:http';
import type { Caller, LocalCallers } from '../http/local-callers';
import { SIGNALS, type Signal } from '../wire/signal';
import type { BodyDecoder } from './body/body-decoder';
import { ABORTED, type BodyFailure } from './body/body-failure';
import { collectBody } from './body/collect-body';
import { readEncoding } from './body/content-encoding';
import { type BodyFormat, readFormat } from './body/content-type';
import type { Lease } from './body/memory-budget';
import { exportResponse, exportResponseJson } from './export-response';
import type { HttpExchange } from './http-exchange';
import type { Acceptance, Intake } from './intake';
import {
  RPC_INTERNAL,
  RPC_INVALID_ARGUMENT,
  RPC_RESOURCE_EXHAUSTED,
  RPC_UNAVAILABLE,
  rpcStatus,
  rpcStatusJson,
} from './rpc-status';

const PATHS: ReadonlyMap<string, Signal> = new Map(SIGNALS.map((signal) => [`/v1/${signal}`, signal]));
const PREFLIGHT_SECONDS = '600';

/** What every door of the receivers needs. */
export interface Reception {
  readonly intake: Intake;
  readonly decoder: BodyDecoder;
  readonly callers: LocalCallers;
}

/** Answers one request of OTLP over HTTP: `/v1/traces`, `/v1/logs`, `/v1/metrics`. */
export async function answerOtlpHttp(exchange: HttpExchange, reception: Reception): Promise<void> {
  const { caller, method, headers } = exchange;
  /** Who looks at a port with a browser sends nothing that could be lost. */
  const refuse = (status: number, why: string) => {
    if (method !== 'GET' && method !== 'HEAD') reception.intake.refused(why);
    sendText(exchange, status, why);
  };
  if (!caller) return refuse(400, 'the request names its host twice; send one Host header');
  if (!reception.callers.maySend(caller)) return refuse(403, describeStranger(caller));
  const path = pathOf(exchange.target);
  const signal = PATHS.get(path);
  if (!signal) {
    return refuse(404, `${clip(path) || '/'} is not an OTLP path; send to ${[...PATHS.keys()].join(', ')}`);
  }
  if (method === 'OPTIONS') return exchange.respond(204, preflight(exchange), new Uint8Array(0));
  if (method !== 'POST') {
    return sendText(exchange, 405, `OTLP is sent to ${path} by POST, not by ${clip(method)}`, {
      allow: 'POST, OPTIONS',
    });
  }
  const encoding = readEncoding(headers['content-encoding']);
  if (typeof encoding !== 'string') return refuse(415, encoding.message);
  if (!readFormat(headers['content-type'], ABORTED)) return refuse(415, describeType(headers['content-type'] ?? ''));

  const lease = reception.intake.budget.lease();
  try {
    const body = await collectBody(exchange.body, Number(headers['content-length'] ?? 0), lease);
    const format = readFormat(headers['content-type'], body) ?? 'protobuf';
    const other = body instanceof Uint8Array && encoding === 'identity' ? otherThanSaid(format, body) : undefined;
    const request =
      body instanceof Uint8Array && !other
        ? await reception.decoder.decode(signal, encoding, format === 'json', body, lease)
        : (other ?? body);
    if (request instanceof Uint8Array) {
      return await sendAcceptance(exchange, format, signal, await reception.intake.accept(signal, request));
    }
    reception.intake.refused(isOfSender(request) ? request.message : undefined);
    refuseBody(exchange, format, request, lease);
  } catch (error) {
    sendStatus(exchange, 500, 'protobuf', RPC_INTERNAL, String(error));
    throw error;
  } finally {
    lease.end();
  }
}

/** Whether the sender can mend it. */
function isOfSender({ kind }: BodyFailure): boolean {
  return kind !== 'no-room' && kind !== 'aborted';
}

/** What a body is that cannot be what its headers say: protobuf begins with neither, JSON not with the first. */
function otherThanSaid(format: BodyFormat, body: Uint8Array): BodyFailure | undefined {
  if (body[0] === 0x1f && body[1] === 0x8b) {
    return { kind: 'corrupt', message: 'the body is gzip: say so in Content-Encoding' };
  }
  if (format === 'json' || body[0] !== OPEN_BRACE) return undefined;
  return { kind: 'corrupt', message: 'the body is JSON: send it as application/json' };
}

const OPEN_BRACE = 0x7b;
const MAX_QUOTED = 80;

function clip(text: string): string {
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
}

function describeStranger({ hosts, origin, fetchSite }: Caller): string {
  const from = origin !== undefined ? ` (origin ${clip(origin)})` : fetchSite === 'cross-site' ? ' (another site)' : '';
  const to = clip(hosts.join(', '));
  return `only for programs and pages of this machine, by one of its own names: this request is for ${to}${from}; more names can be given with --allowed-host or in the settings`;
}

function describeType(type: string): string {
  const sent = `the content type ${clip(JSON.stringify(type))} is not OTLP`;
  if (/^application\/grpc-web/i.test(type)) return `${sent}: gRPC-Web is not understood, send OTLP over HTTP`;
  if (/^application\/grpc/i.test(type)) return `${sent} over HTTP/1.1: gRPC needs HTTP/2`;
  return `${sent}; send application/x-protobuf or application/json`;
}

/** Without the slashes that an endpoint with one at its end leaves. */
function pathOf(target: string): string {
  const path = target.startsWith('/') || !URL.canParse(target) ? target : new URL(target).pathname;
  return path
    .split('?', 1)[0]!
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '');
}

function sendAcceptance(exchange: HttpExchange, format: BodyFormat, signal: Signal, acceptance: Acceptance): void {
  const { message } = acceptance;
  if (acceptance.kind === 'accepted') {
    const { rejected } = acceptance;
    if (format === 'json') send(exchange, 200, format, exportResponseJson(signal, rejected, message));
    else send(exchange, 200, format, exportResponse(rejected, message));
  } else if (acceptance.kind === 'undecodable') sendStatus(exchange, 400, format, RPC_INVALID_ARGUMENT, message);
  else if (acceptance.kind === 'too-large') sendStatus(exchange, 413, format, RPC_RESOURCE_EXHAUSTED, message);
  else {
    const retryAfter = { 'retry-after': String(Math.max(1, Math.ceil(acceptance.retryAfterMs / 1000))) };
    sendStatus(exchange, acceptance.overload ? 429 : 503, format, RPC_UNAVAILABLE, message, retryAfter);
  }
}

function refuseBody(exchange: HttpExchange, format: BodyFormat, { kind, message }: BodyFailure, lease: Lease): void {
  // The answer waits for no memory: what the request held is free before it is sent.
  lease.end();
  if (kind === 'too-large') sendStatus(exchange, 413, format, RPC_RESOURCE_EXHAUSTED, message);
  else if (kind === 'no-room') sendStatus(exchange, 503, format, RPC_UNAVAILABLE, message, { 'retry-after': '1' });
  else if (kind === 'aborted') exchange.abandon();
  else sendStatus(exchange, 400, format, RPC_INVALID_ARGUMENT, message);
}

function preflight({ headers }: HttpExchange): OutgoingHttpHeaders {
  return {
    ...crossOrigin(headers.origin),
    'access-control-allow-methods': 'POST, OPTIONS',
    'access-control-allow-headers': headers['access-control-request-headers'] ?? 'content-type, content-encoding',
    // Chromium asks before a page reaches the loopback interface.
    ...(headers['access-control-request-private-network'] === undefined
      ? {}
      : { 'access-control-allow-private-network': 'true' }),
    'access-control-max-age': PREFLIGHT_SECONDS,
  };
}

/** `sendBeacon` sends with credentials, whatever the page says: a browser then wants to hear that they may come. */
function crossOrigin(origin: string | undefined): OutgoingHttpHeaders {
  if (origin === undefined) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'retry-after',
    vary: 'Origin',
  };
}

function sendStatus(
  exchange: HttpExchange,
  status: number,
  format: BodyFormat,
  code: number,
  message: string,
  headers: OutgoingHttpHeaders = {},
): void {
  const body = format === 'json' ? rpcStatusJson(code, message) : rpcStatus(code, message);
  send(exchange, status, format, body, headers);
}

function send(
  exchange: HttpExchange,
  status: number,
  format: BodyFormat,
  body: string | Uint8Array,
  headers: OutgoingHttpHeaders = {},
): void {
  const type = format === 'json' ? 'application/json' : 'application/x-protobuf';
  const content = typeof body === 'string' ? Buffer.from(body) : body;
  exchange.respond(status, { 'content-type': type, ...crossOrigin(exchange.headers.origin), ...headers }, content);
}

function sendText(exchange: HttpExchange, status: number, text: string, headers: OutgoingHttpHeaders = {}): void {
  // A page that was refused is not told that it may read.
  const cors = status === 403 || status === 400 ? {} : crossOrigin(exchange.headers.origin);
  const fields = { 'content-type': 'text/plain; charset=utf-8', ...cors, ...headers };
  exchange.body.resume();
  exchange.respond(status, fields, Buffer.from(`${text}\n`));
}
