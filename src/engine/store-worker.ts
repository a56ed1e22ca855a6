import { parentPort, workerData } from 'node:worker_threads';
import { PortInUse } from '../ground/listen';
import type { Problem } from '../shared/problem';
import { Asked } from './ahead/asked';
import { LookAhead } from './ahead/look-ahead';
import { createErrorsApi } from './errors/create-errors-api';
import { errorsAhead } from './errors/errors-ahead';
import { createExplainApi } from './explain/create-explain-api';
import { createExportApi } from './export/create-export-api';
import { createFaultReporter } from './faults/create-fault-reporter';
import type { QueryApi } from './http/query-api';
import { type ServedApi, serveApi } from './http/serve-api';
import { JournalEndRequests } from './journal-end-requests';
import { createLokiApi } from './loki/create-loki-api';
import { patternsAhead } from './loki/patterns/patterns-ahead';
import { createPrometheusApi } from './prometheus/create-prometheus-api';
import { createRunsApi } from './runs/create-runs-api';
import { createSessionsApi } from './sessions/create-sessions-api';
import { StoreRefused } from './store/problems/store-refused';
import { type RunningStore, runStore } from './store/run-store';
import type { StoreWorkerCommand, StoreWorkerMessage, StoreWorkerStart } from './store-worker-messages';
import { createTempoApi } from './tempo/create-tempo-api';
import { tracesAhead } from './tempo/store/traces-ahead';

/** The store thread of an engine: applies the journal, answers queries. */
const { config, keepJournalFrom } = workerData as StoreWorkerStart;
const port = parentPort!;
const post = (message: StoreWorkerMessage) => port.postMessage(message);
const reportFault = createFaultReporter('store', post);
const journalEnds = new JournalEndRequests(post);

const APIS = {
  tempo: createTempoAndItsExtensions,
  loki: ({ lanes }) => createLokiApi(lanes.loki, Date.now, reportFault),
  prometheus: ({ lanes }) => createPrometheusApi(lanes.prometheus, Date.now, reportFault),
} satisfies Record<string, (store: RunningStore) => QueryApi>;

function createTempoAndItsExtensions({ lanes, applied, behind }: RunningStore): QueryApi {
  const tempo = createTempoApi(lanes.tempo, Date.now, reportFault);
  tempo.app.route('/', createExportApi(lanes.export, reportFault).app);
  const barrier = { journalEnd: (signal: AbortSignal) => journalEnds.ask(signal), applied, behind };
  tempo.app.route('/', createRunsApi(barrier, lanes).app);
  tempo.app.route('/', createExplainApi(lanes).app);
  tempo.app.route('/', createSessionsApi(lanes.tempo).app);
  tempo.app.route('/', createErrorsApi(lanes.errors).app);
  return tempo;
}

interface Running {
  store: RunningStore;
  apis: ServedApi[];
  ahead: LookAhead;
}

async function open(): Promise<RunningStore> {
  post({ type: 'service', name: 'store', state: 'starting' });
  const store = await runStore(config.dataDir, config.retention, {
    onApplied: (position) => post({ type: 'applied', position }),
    onProblem: (id, problem) => post({ type: 'problem', id, problem }),
    onSolved: (id) => post({ type: 'problem-solved', id }),
    onStats: (stats) => post({ type: 'stats', stats }),
  });
  store.keepJournal(keepJournalFrom);
  post({ type: 'service', name: 'store', state: 'up' });
  return store;
}

async function serve(store: RunningStore): Promise<Running> {
  const { host, ports, allowedHosts } = config;
  const names = ['tempo', 'loki', 'prometheus'] as const;
  const asked = new Asked();
  const listen = (name: (typeof names)[number]) =>
    serveApi(APIS[name](store), { host, port: ports[name], allowedHosts, reportFault, asked });
  const apis = await Promise.all(names.map(listen));
  const [tempo, loki, prometheus] = apis.map((api) => api.port) as [number, number, number];
  post({ type: 'listening', ports: { tempo, loki, prometheus } });
  for (const name of names) post({ type: 'service', name, state: 'up' });
  const { reader, lanes } = store;
  const works = [tracesAhead(lanes.tempo), errorsAhead(lanes.errors), patternsAhead(lanes.loki)];
  const ahead = new LookAhead(reader.commits, works, asked, (error) => reportFault('store ahead', error));
  return { store, apis, ahead };
}

async function obey(command: StoreWorkerCommand, { store, apis, ahead }: Running): Promise<void> {
  if (command.type === 'journal-advanced') store.journalAdvanced();
  else if (command.type === 'journal-end') journalEnds.answered(command.requestId, command.position);
  else if (command.type === 'report') store.report(command.report);
  else if (command.type === 'keep-journal') store.keepJournal(command.from);
  else if (command.type === 'retention') store.setRetention(command.retention);
  else if (command.type === 'clean') {
    // A database that cannot be changed is shown as a problem of its own and opened anew.
    const freedBytes = await store.clean().catch((error: unknown) => {
      reportFault('store clean', error);
      return null;
    });
    post({ type: 'cleaned', requestId: command.requestId, freedBytes });
  } else {
    await Promise.all([ahead.close(), ...apis.map((api) => api.close())]);
    await store.drain();
    post({ type: 'drained' });
    port.close();
  }
}

function fatal(error: unknown): void {
  reportFault('store thread', error);
  post({ type: 'fatal', problem: problemOf(error) });
}

function problemOf(error: unknown): Problem {
  if (error instanceof PortInUse) {
    return {
      kind: 'port-in-use',
      message: `Port ${error.port} on ${error.host} is in use by another program.`,
      hint: 'End that program or choose another port.',
      details: String(error.port),
    };
  }
  if (error instanceof StoreRefused) return error.problem;
  return {
    kind: 'store-failed',
    message: 'The database could not be opened or served.',
    hint: 'Received data is kept in the journal; see the details.',
    details: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}

/** Of a thread that did not get as far as to serve: the database may be open, and an API that found its port listen. */
async function endFailed(): Promise<void> {
  await opened.then((store) => store.drain()).catch(() => {});
  process.exit();
}

// Commands that come before the store is open wait for it.
const opened = open();
const served = opened.then(serve);
served.catch(fatal);
port.on('message', (command: StoreWorkerCommand) => {
  served.then(
    (running) => obey(command, running).catch(fatal),
    () => (command.type === 'drain' ? endFailed() : undefined),
  );
});
