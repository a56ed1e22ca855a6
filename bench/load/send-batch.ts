import { Agent, request } from 'node:http';
import { type ClientHttp2Session, connect, constants } from 'node:http2';
import type { Signal } from '../../src/engine/wire/signal';
import type { PatchedBatch } from './patched-batch';

/** How one request went: `refused` is overload, to be sent again. */
type SendOutcome = 'accepted' | 'refused' | 'failed';

export interface Sender {
  send(batch: PatchedBatch): Promise<SendOutcome>;
  close(): void;
}

const GRPC_PATHS: Readonly<Record<Signal, string>> = {
  traces: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
  logs: '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
  metrics: '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
};
const GRPC_OK = '0';
const GRPC_UNAVAILABLE = '14';

/** gRPC by hand over `connections` HTTP/2 connections: costs the machine less than a client library. */
export function openGrpcSender(port: number, signal: Signal, connections: number): Sender {
  const sessions = Array.from({ length: connections }, () => connect(`http://127.0.0.1:${port}`));
  // A refused connection shows in the outcome of its streams.
  for (const session of sessions) session.on('error', () => {});
  let next = 0;
  return {
    send: (batch) => sendGrpc(sessions[next++ % sessions.length]!, GRPC_PATHS[signal], batch.grpcFrame),
    close: () => {
      for (const session of sessions) session.close();
    },
  };
}

function sendGrpc(session: ClientHttp2Session, path: string, frame: Buffer): Promise<SendOutcome> {
  if (session.closed || session.destroyed) return Promise.resolve('failed');
  return new Promise((resolve) => {
    const stream = session.request({
      [constants.HTTP2_HEADER_METHOD]: 'POST',
      [constants.HTTP2_HEADER_PATH]: path,
      [constants.HTTP2_HEADER_CONTENT_TYPE]: 'application/grpc',
      [constants.HTTP2_HEADER_TE]: 'trailers',
    });
    let status: unknown;
    stream.on('response', (headers) => {
      status = headers['grpc-status'];
    });
    stream.on('trailers', (headers) => {
      status = headers['grpc-status'] ?? status;
    });
    stream.on('close', () =>
      resolve(status === GRPC_OK ? 'accepted' : status === GRPC_UNAVAILABLE ? 'refused' : 'failed'),
    );
    stream.on('error', () => {});
    stream.resume();
    stream.end(frame);
  });
}

export function openHttpSender(port: number, signal: Signal, connections: number): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const headers = { 'content-type': 'application/x-protobuf' };
  const options = { host: '127.0.0.1', port, path: `/v1/${signal}`, method: 'POST', agent, headers };
  return {
    send: (batch) =>
      new Promise((resolve) => {
        const sent = request(options, (response) => {
          const { statusCode } = response;
          response.on('end', () =>
            resolve(statusCode === 200 ? 'accepted' : statusCode === 429 ? 'refused' : 'failed'),
          );
          response.resume();
        });
        sent.on('error', () => resolve('failed'));
        sent.end(batch.message);
      }),
    close: () => agent.destroy(),
  };
}
