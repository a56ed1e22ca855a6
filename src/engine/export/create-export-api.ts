import { setImmediate as nextTurn } from 'node:timers/promises';
import { Hono } from 'hono';
import { printFault, type ReportFault } from '../faults/report-fault';
import type { QueryApi } from '../http/query-api';
import type { StoreReader } from '../store/reader/reader';
import { exportLogs } from './export-logs';
import { exportMetrics } from './export-metrics';
import { readExportRange } from './export-range';
import { exportTraces } from './export-traces';

const EXPORTERS = { traces: exportTraces, logs: exportLogs, metrics: exportMetrics };

/**
 * `GET /watchtower/export?signal=traces|logs|metrics&start=MS&end=MS`: what is kept as OTLP JSON lines, one export
 * request a line. Lines are made as the client takes them; a client that goes away ends the query.
 */
export function createExportApi(reader: StoreReader, reportFault: ReportFault = printFault): QueryApi {
  const app = new Hono();
  app.get('/watchtower/export', (context) => {
    const { signal, start, end } = context.req.query();
    const exportSignal = isSignal(signal) ? EXPORTERS[signal] : undefined;
    if (!exportSignal) return context.text('invalid signal: choose traces, logs or metrics\n', 400);
    const range = readExportRange({ start, end });
    if (typeof range === 'string') return context.text(`${range}\n`, 400);
    const gone = new AbortController();
    const aborted = AbortSignal.any([gone.signal, context.req.raw.signal]);
    const fault = (error: unknown) => {
      if (!aborted.aborted) reportFault(`export ${signal}`, error);
    };
    return new Response(streamOf(exportSignal(reader, range, aborted), gone, fault), {
      headers: { 'content-type': 'application/x-ndjson' },
    });
  });
  return { app };
}

function isSignal(text: string | undefined): text is keyof typeof EXPORTERS {
  return text !== undefined && Object.hasOwn(EXPORTERS, text);
}

function streamOf(
  lines: AsyncGenerator<string>,
  gone: AbortController,
  fault: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      // The thread also stores what arrives: it gets its turn after every line.
      await nextTurn();
      const { value, done } = await lines.next().catch((error: unknown) => {
        fault(error);
        throw error;
      });
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      gone.abort();
      await lines.return(undefined);
    },
  });
}
