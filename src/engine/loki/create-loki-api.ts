import { type Context, type Handler, Hono } from 'hono';
import { printFault, type ReportFault } from '../faults/report-fault';
import type { QueryApi } from '../http/query-api';
import { refuseWrongMethod } from '../http/refuse-wrong-method';
import type { StoreReader } from '../store/reader/reader';
import { listDetectedFields, listDetectedValues } from './http/detect-fields';
import { listDetectedLabels, listLabels, listLabelValues, listSeries } from './http/list-labels';
import { listPatterns } from './http/list-patterns';
import { queryInstant, queryRange } from './http/query-range';
import { queryIndexStats, queryVolume, queryVolumeRange } from './http/query-volume';
import { QueryError } from './logql/query-error';
import { LogCatalog } from './selection/log-catalog';
import type { LokiContext } from './selection/loki-context';
import { tailLogs } from './tail-logs';

type LokiHandler = (context: Context, loki: LokiContext) => Promise<Response>;

const handlers: Readonly<Record<string, LokiHandler>> = {
  query_range: queryRange,
  query: queryInstant,
  labels: listLabels,
  label: listLabels,
  'label/:name/values': listLabelValues,
  series: listSeries,
  'index/stats': queryIndexStats,
  'index/volume': queryVolume,
  'index/volume_range': queryVolumeRange,
  detected_fields: listDetectedFields,
  'detected_field/:name/values': listDetectedValues,
  detected_labels: listDetectedLabels,
  patterns: listPatterns,
};

/** Loki's query API over the store: the HTTP routes, and `tail` as a WebSocket. */
export function createLokiApi(
  reader: StoreReader,
  now: () => number = Date.now,
  reportFault: ReportFault = printFault,
): QueryApi {
  const loki: LokiContext = {
    reader,
    get catalog() {
      return LogCatalog.of(reader);
    },
    nowNs: () => BigInt(now()) * 1_000_000n,
    reportFault,
  };
  const app = new Hono();
  for (const [path, handle] of Object.entries(handlers)) {
    const handler: Handler = (context) => handle(context, loki);
    app.get(`/loki/api/v1/${path}`, handler);
    app.post(`/loki/api/v1/${path}`, handler);
  }
  app.get('/ready', (context) => context.text('ready\n'));
  app.get('/loki/api/v1/status/buildinfo', (context) => context.json(buildInfo));
  refuseWrongMethod(app);
  app.onError((error, context) => {
    if (error instanceof QueryError) return context.text(`${error.message}\n`, 400);
    if (context.req.raw.signal.aborted) return context.text('the client went away\n', 499 as never);
    reportFault(`loki ${context.req.method} ${context.req.path}`, error);
    return context.text(`${error.message}\n`, 500);
  });
  return { app, sockets: { '/loki/api/v1/tail': (socket, url) => tailLogs(socket, url, loki) } };
}

// Grafana reads the version to decide which features to use.
const buildInfo = {
  version: '3.7.0',
  revision: 'watchtower',
  branch: 'embedded',
  buildUser: '',
  buildDate: '',
  goVersion: '',
};
