import { type IncomingHttpHeaders, request } from 'node:http';
import type { JournalPressure, JournalWriter } from '../journal/journal-writer-port';
import type { Signal } from '../wire/signal';
import { startTestBodyThread } from './body/test-body-thread';
import { IngestCounters } from './ingest-counters';
import { createIntake } from './intake';
import { serveOtlp } from './serve-otlp';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** The real receivers on free ports, in front of a journal in memory whose weather the test makes. */
export interface TestReceivers {
  readonly grpcPort: number;
  readonly httpPort: number;
  readonly counters: IngestCounters;
  readonly journal: { signal: Signal; payload: Uint8Array }[];
  /** What `pressure` answers. */
  pressureMs: number | null;
  pressure: Pick<JournalPressure, 'cause' | 'message'>;
  /** What `append` fails with. */
  failure: Error | null;
  /** Sends one request over HTTP/1.1, to the port for HTTP unless told another. */
  post(
    body: Uint8Array | string,
    headers: Record<string, string>,
    path?: string,
    port?: number,
    method?: string,
  ): Promise<Answer>;
  close(): Promise<void>;
}

export async function openTestReceivers(): Promise<TestReceivers> {
  const counters = new IngestCounters();
  const writer: JournalWriter = {
    append: async (signal, payload) => {
      if (receivers.failure) throw receivers.failure;
      receivers.journal.push({ signal, payload: Uint8Array.from(payload) });
    },
    pressure: () =>
      receivers.pressureMs === null ? null : { ...receivers.pressure, retryAfterMs: receivers.pressureMs },
    applied: () => {},
    end: () => ({ segment: 1, position: 0 }),
    backlogBytes: () => 0,
    close: async () => {},
  };
  const intake = createIntake(writer, counters);
  const bodies = await startTestBodyThread();
  const [grpc, http] = await Promise.all([
    serveOtlp(intake, bodies, { host: '127.0.0.1', port: 0 }),
    serveOtlp(intake, bodies, { host: '127.0.0.1', port: 0 }),
  ]);
  const receivers: TestReceivers = {
    grpcPort: grpc.port,
    httpPort: http.port,
    counters,
    journal: [],
    pressureMs: null,
    pressure: { cause: 'backlog', message: 'more telemetry arrives than can be stored' },
    failure: null,
    post: (body, headers, path = '/v1/traces', port = http.port, method = 'POST') =>
      new Promise((resolve, reject) => {
        const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
          let text = '';
          response.on('data', (chunk) => {
            text += chunk;
          });
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
          );
        });
        sent.on('error', reject).end(body);
      }),
    close: async () => {
      await Promise.all([grpc.close(0), http.close(0)]);
      await bodies.close();
    },
  };
  return receivers;
}
