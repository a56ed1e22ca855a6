import { KeptTails } from './kept-tails';
import type { LogTailBatch } from './log-tail-batch';
import type { LokiClient } from './loki-client';
import type { TempoClient } from './tempo-client';
import type { TraceTailBatch } from './trace-tail-batch';
import { linesWithoutProbes, tracesWithoutProbes } from './without-probes';

/** The live tails of the host, which whoever comes back after a lost connection finds again. */
export interface TelemetryTails {
  traces: KeptTails<TraceTailBatch>;
  logs: KeptTails<LogTailBatch>;
  close(): void;
}

/** A record or a summary without its texts, about. */
const itemBytes = 500;

export function createTelemetryTails(tempo: TempoClient, loki: LokiClient): TelemetryTails {
  const tails = {
    traces: new KeptTails<TraceTailBatch>({
      open: async function* (query, signal) {
        for await (const batch of tempo.tail(query, signal))
          yield { ...batch, traces: tracesWithoutProbes(batch.traces) };
      },
      begin: { traces: [], dropped: 0, opened: true },
      saysBegin: true,
      missed: (dropped) => ({ traces: [], dropped }),
      weigh: ({ traces }) => ({ items: traces.length, bytes: traces.length * itemBytes }),
    }),
    logs: new KeptTails<LogTailBatch>({
      open: async function* (query, signal) {
        for await (const batch of loki.tail(query, signal))
          yield { ...batch, records: linesWithoutProbes(batch.records) };
      },
      begin: { records: [], dropped: 0, opened: true },
      saysBegin: true,
      missed: (dropped) => ({ records: [], dropped }),
      weigh: ({ records }) => ({
        items: records.length,
        bytes: records.reduce((bytes, { line }) => bytes + itemBytes + 2 * line.length, 0),
      }),
    }),
  };
  return {
    ...tails,
    close() {
      for (const each of Object.values(tails)) each.close();
    },
  };
}
