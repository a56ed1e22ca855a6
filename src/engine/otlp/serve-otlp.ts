import { createServer as createHttp1Server } from 'node:http';
import {
  constants,
  createServer as createHttp2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Socket } from 'node:net';
import { listen } from '../../ground/listen';
import { printFault } from '../faults/report-fault';
import { LocalCallers } from '../http/local-callers';
import { answerOtlpHttp } from './answer-otlp-http';
import { BodyDecoder } from './body/body-decoder';
import type { BodyThread } from './body/body-thread';
import { http1Exchange, http2Exchange } from './http-exchange';
import type { Intake } from './intake';
import type { Receiver, ReceiverAddress } from './receiver';
import { endWithText, refuseStranger } from './refuse-stranger';
import { isGrpcCall, serveGrpcCall } from './serve-grpc-call';
import { sniffProtocol } from './sniff-protocol';

const HEADERS_TIMEOUT_MS = 10_000;
const RECEIVE_TIMEOUT_MS = 60_000;
const TIMEOUT_CHECK_MS = 2_000;
/** Longer than the exporters' usual interval, so that they keep their connection. */
const KEEP_ALIVE_MS = 75_000;

/** Lets a sender put a whole large message on the wire without waiting for a window update. */
const STREAM_WINDOW_BYTES = 4 * 1024 * 1024;
const CONNECTION_WINDOW_BYTES = 32 * 1024 * 1024;
const MAX_FRAME_BYTES = 1024 * 1024;
const MAX_STREAMS = 128;
/** Megabytes of a session's frames in nghttp2; its default of 10 resets connections under load. */
const SESSION_MEMORY_MB = 64;

/**
 * One port that understands OTLP over gRPC and over HTTP, without TLS: HTTP/1.1 and HTTP/2 are told apart by the first
 * bytes of a connection, gRPC by its content type. gRPC by hand on Node's HTTP/2, because that takes half the time a span
 * of a gRPC library and a tenth of its time to load. Rejects with `PortInUse`.
 */
export async function serveOtlp(intake: Intake, bodies: BodyThread, address: ReceiverAddress): Promise<Receiver> {
  const { host, port, allowedHosts, reportFault = printFault } = address;
  const reception = { intake, decoder: new BodyDecoder(bodies), callers: new LocalCallers(host, allowedHosts) };
  const http1 = createHttp1Server(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: RECEIVE_TIMEOUT_MS,
      connectionsCheckingInterval: TIMEOUT_CHECK_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    (request, response) => {
      if (!http1.listening) response.shouldKeepAlive = false;
      answerOtlpHttp(http1Exchange(request, response), reception).catch((error) => reportFault('otlp http', error));
    },
  );
  http1.on('clientError', (error: NodeJS.ErrnoException, stream) => {
    const socket = stream as Socket;
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return endWithText(socket, '408 Request Timeout', 'too slow');
    const isLong = error.code === 'HPE_HEADER_OVERFLOW';
    const reason = isLong ? 'the headers of a request are too long' : 'a client sends bytes that are no HTTP';
    intake.refused(reason);
    endWithText(socket, isLong ? '431 Request Header Fields Too Large' : '400 Bad Request', reason);
  });
  const http2 = createHttp2Server({
    maxSessionMemory: SESSION_MEMORY_MB,
    settings: {
      initialWindowSize: STREAM_WINDOW_BYTES,
      maxFrameSize: MAX_FRAME_BYTES,
      maxConcurrentStreams: MAX_STREAMS,
      enablePush: false,
    },
  });
  const sessions = new Set<ServerHttp2Session>();
  http2.on('session', (session) => {
    sessions.add(session);
    session.setLocalWindowSize(CONNECTION_WINDOW_BYTES);
    session.on('error', () => {});
    session.once('close', () => sessions.delete(session));
    if (!http1.listening) session.close();
  });
  /** Streams whose request is on its way, by when it began. */
  const receiving = new Map<ServerHttp2Stream, number>();
  http2.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    if (isGrpcCall(headers)) return serveGrpcCall(stream, headers, reception, receiving, reportFault);
    receiving.set(stream, Date.now());
    stream.once('end', () => receiving.delete(stream));
    stream.once('close', () => receiving.delete(stream));
    answerOtlpHttp(http2Exchange(stream, headers), reception).catch((error) => reportFault('otlp http', error));
  });

  const silent = new Set<Socket>();
  const [serveHttp1] = http1.listeners('connection') as [(socket: Socket) => void];
  http1.removeAllListeners('connection');
  http1.on('connection', (socket: Socket) => {
    silent.add(socket);
    sniffProtocol(socket, HEADERS_TIMEOUT_MS, (protocol) => {
      silent.delete(socket);
      if (protocol === 'http2') http2.emit('connection', socket);
      else if (protocol === 'http1') serveHttp1.call(http1, socket);
      else if (protocol !== null) intake.refused(refuseStranger(socket, protocol));
    });
  });
  const sweep = setInterval(() => {
    const before = Date.now() - RECEIVE_TIMEOUT_MS;
    for (const [stream, since] of receiving) if (since < before) stream.close(constants.NGHTTP2_CANCEL);
  }, TIMEOUT_CHECK_MS);
  const bound = await listen(http1, host, port);
  return {
    port: bound,
    close: (graceMs) =>
      new Promise((resolve) => {
        clearInterval(sweep);
        const force = setTimeout(() => {
          for (const session of sessions) session.destroy();
          http1.closeAllConnections();
        }, graceMs);
        http1.close(() => {
          clearTimeout(force);
          resolve();
        });
        for (const socket of silent) socket.destroy();
        for (const session of sessions) session.close();
      }),
  };
}
