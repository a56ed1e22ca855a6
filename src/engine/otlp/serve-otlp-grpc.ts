import {
  Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServiceDefinition,
  type sendUnaryData,
} from '@grpc/grpc-js';
import { PortInUse } from '../http/listen';
import { exportResponse } from './export-response';
import type { Acceptance, Intake } from './intake';
import type { Receiver, ReceiverAddress } from './receiver';
import { RPC_INTERNAL, RPC_INVALID_ARGUMENT, RPC_UNAVAILABLE, rpcStatus } from './rpc-status';
import { SIGNALS, type Signal } from './signal';

/** Bytes, after decompression: what collectors accept by default. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

const SERVICES: Readonly<Record<Signal, string>> = {
  traces: 'opentelemetry.proto.collector.trace.v1.TraceService',
  logs: 'opentelemetry.proto.collector.logs.v1.LogsService',
  metrics: 'opentelemetry.proto.collector.metrics.v1.MetricsService',
};

/** OTLP over gRPC without TLS. Rejects with `PortInUse`. */
export async function serveOtlpGrpc(intake: Intake, { host, port }: ReceiverAddress): Promise<Receiver> {
  const server = new Server({
    'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
    'grpc-node.max_session_memory': 1024,
  });
  for (const signal of SIGNALS) {
    server.addService(serviceOf(signal), {
      Export: (call: ServerUnaryCall<Buffer, Uint8Array>, answer: sendUnaryData<Uint8Array>) => {
        intake.accept(signal, call.request).then(
          (acceptance) => reply(acceptance, answer),
          (error: unknown) => answer({ code: RPC_INTERNAL, details: String(error) }),
        );
      },
    });
  }
  const bound = await bind(server, host, port);
  return { port: bound, close: (graceMs) => close(server, graceMs) };
}

/** Messages stay bytes in both directions. */
function serviceOf(signal: Signal): ServiceDefinition {
  const same = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    Export: {
      path: `/${SERVICES[signal]}/Export`,
      requestStream: false,
      responseStream: false,
      requestSerialize: same,
      requestDeserialize: same,
      responseSerialize: same,
      responseDeserialize: same,
    },
  };
}

function reply(acceptance: Acceptance, answer: sendUnaryData<Uint8Array>): void {
  if (acceptance.kind === 'accepted') answer(null, exportResponse(acceptance.rejected, acceptance.message));
  else if (acceptance.kind === 'undecodable') answer({ code: RPC_INVALID_ARGUMENT, details: acceptance.message });
  else {
    const metadata = new Metadata();
    const status = rpcStatus(RPC_UNAVAILABLE, acceptance.message, acceptance.retryAfterMs);
    metadata.set('grpc-status-details-bin', Buffer.from(status));
    answer({ code: RPC_UNAVAILABLE, details: acceptance.message, metadata });
  }
}

function bind(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, ServerCredentials.createInsecure(), (error, bound) => {
      if (!error) resolve(bound);
      else reject(error.message.includes('EADDRINUSE') ? new PortInUse(host, port) : error);
    });
  });
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.forceShutdown(), graceMs);
    server.tryShutdown(() => {
      clearTimeout(force);
      resolve();
    });
  });
}
