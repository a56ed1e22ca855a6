import { DuckDBInstance } from '@duckdb/node-api';
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js';
import { requestType } from './request-type';

/**
 * What one would write first: the gRPC library, protobufjs objects, and one row of text columns a span, with attributes,
 * events and links as JSON text. Argument: the database file. Sends its port, and the number of rows when asked.
 */
const TABLE = `CREATE TABLE spans (
  trace_id VARCHAR, span_id VARCHAR, parent_span_id VARCHAR, service VARCHAR, scope VARCHAR, name VARCHAR, kind INTEGER,
  start_ns VARCHAR, end_ns VARCHAR, status INTEGER, attributes VARCHAR, resource VARCHAR, events VARCHAR, links VARCHAR)`;

interface KeyValue {
  key: string;
  value?: Record<string, unknown>;
}
interface Span {
  traceId: Buffer;
  spanId: Buffer;
  parentSpanId?: Buffer;
  name: string;
  kind: number;
  startTimeUnixNano: unknown;
  endTimeUnixNano: unknown;
  status?: { code?: number };
  attributes: KeyValue[];
  events: object[];
  links: object[];
}
interface Request {
  resourceSpans: {
    resource?: { attributes: KeyValue[] };
    scopeSpans: { scope?: { name: string }; spans: Span[] }[];
  }[];
}

const instance = await DuckDBInstance.create(process.argv[2]);
const connection = await instance.connect();
await connection.run(TABLE);
const appender = await connection.createAppender('spans');
const type = requestType('traces');
let rows = 0;

function store(request: Request): void {
  for (const { resource, scopeSpans } of request.resourceSpans) {
    const owner = JSON.stringify(resource?.attributes ?? []);
    const service = String(resource?.attributes.find((each) => each.key === 'service.name')?.value?.stringValue ?? '');
    for (const { scope, spans } of scopeSpans) {
      for (const span of spans) {
        appender.appendVarchar(span.traceId.toString('hex'));
        appender.appendVarchar(span.spanId.toString('hex'));
        appender.appendVarchar(span.parentSpanId?.toString('hex') ?? '');
        appender.appendVarchar(service);
        appender.appendVarchar(scope?.name ?? '');
        appender.appendVarchar(span.name);
        appender.appendInteger(span.kind);
        appender.appendVarchar(String(span.startTimeUnixNano));
        appender.appendVarchar(String(span.endTimeUnixNano));
        appender.appendInteger(span.status?.code ?? 0);
        appender.appendVarchar(JSON.stringify(span.attributes));
        appender.appendVarchar(owner);
        appender.appendVarchar(JSON.stringify(span.events));
        appender.appendVarchar(JSON.stringify(span.links));
        appender.endRow();
        rows++;
      }
    }
  }
  appender.flushSync();
}

const server = new Server({ 'grpc.max_receive_message_length': 4 * 1024 * 1024 });
const service = {
  Export: {
    path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
    requestStream: false as const,
    responseStream: false as const,
    requestSerialize: (bytes: Buffer) => bytes,
    requestDeserialize: (bytes: Buffer) => type.decode(bytes) as unknown as Request,
    responseSerialize: (bytes: Buffer) => bytes,
    responseDeserialize: (bytes: Buffer) => bytes,
  },
};
server.addService(service, {
  Export: (call: ServerUnaryCall<Request, Buffer>, answer: sendUnaryData<Buffer>) => {
    store(call.request);
    answer(null, Buffer.alloc(0));
  },
});
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.send?.({ port });
});
process.on('message', async () => {
  const counted = await connection.runAndReadAll('SELECT count(*)::INTEGER FROM spans');
  process.send?.({ sent: rows, rows: Number(counted.getRows()[0]?.[0] ?? 0) });
});
