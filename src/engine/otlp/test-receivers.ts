import type { JournalWriter } from '../journal/journal-writer-port';
import { IngestCounters } from './ingest-counters';
import { createIntake } from './intake';
import { serveOtlpGrpc } from './serve-otlp-grpc';
import { serveOtlpHttp } from './serve-otlp-http';
import type { Signal } from './signal';

/** The real receivers on free ports, in front of a journal in memory whose weather the test makes. */
export interface TestReceivers {
  readonly grpcPort: number;
  readonly httpPort: number;
  readonly counters: IngestCounters;
  readonly journal: { signal: Signal; payload: Uint8Array }[];
  /** What `pressure` answers. */
  pressureMs: number | null;
  /** What `append` fails with. */
  failure: Error | null;
  close(): Promise<void>;
}

export async function openTestReceivers(): Promise<TestReceivers> {
  const counters = new IngestCounters();
  const writer: JournalWriter = {
    append: async (signal, payload) => {
      if (receivers.failure) throw receivers.failure;
      receivers.journal.push({ signal, payload: Uint8Array.from(payload) });
    },
    pressure: () => (receivers.pressureMs === null ? null : { retryAfterMs: receivers.pressureMs }),
    applied: () => {},
    end: () => ({ segment: 1, position: 0 }),
    backlogBytes: () => 0,
    close: async () => {},
  };
  const intake = createIntake(writer, counters);
  const grpc = await serveOtlpGrpc(intake, { host: '127.0.0.1', port: 0 });
  const http = await serveOtlpHttp(intake, { host: '127.0.0.1', port: 0 });
  const receivers: TestReceivers = {
    grpcPort: grpc.port,
    httpPort: http.port,
    counters,
    journal: [],
    pressureMs: null,
    failure: null,
    close: async () => {
      await Promise.all([grpc.close(0), http.close(0)]);
    },
  };
  return receivers;
}
