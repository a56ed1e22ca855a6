import { PortInUse } from '../ground/listen';
import type {
  EngineCommand,
  EngineConfig,
  EngineServiceName,
  EngineStats,
  ForwardConfig,
} from '../shared/engine-messages';
import type { Problem } from '../shared/problem';
import { awaitDataFolder } from './data-folder/await-data-folder';
import { createFaultReporter } from './faults/create-fault-reporter';
import { prepareForwarding } from './forward/forward-thread';
import { JournalWatch } from './journal/journal-watch';
import type { JournalPosition } from './journal/journal-writer-port';
import { openJournalWriter } from './journal/open-journal-writer';
import { BodyThread } from './otlp/body/body-thread';
import { IngestCounters } from './otlp/ingest-counters';
import { createIntake } from './otlp/intake';
import type { Receiver } from './otlp/receiver';
import { serveOtlp } from './otlp/serve-otlp';
import type { ParentChannel } from './parent-channel';
import { type StoreThread, startStoreThread } from './store-thread';
import type { StoreWorkerMessage } from './store-worker-messages';

const STATS_INTERVAL_MS = 1000;
/** Together below the 4 s in which a drain has to be over. */
const RECEIVERS_GRACE_MS = 1000;
const STORE_GRACE_MS = 2500;
/** What an engine that failed gives its store to end; the journal has what is not applied by then. */
const FAILED_STORE_GRACE_MS = 1000;
const FORWARD_GRACE_MS = 2000;
/** An engine whose host was killed is gone within this. */
const HOLDER_GOES_MS = 4000;
const SERVICES: readonly EngineServiceName[] = ['otlp-grpc', 'otlp-http', 'store', 'tempo', 'loki', 'prometheus'];

/**
 * Runs the engine until it is told to drain or its host is gone; ends the process: 0 when drained, 1 after a fatal
 * problem. The receivers listen before the store thread is up: what arrives meanwhile is durable in the journal.
 */
export async function runEngine(config: EngineConfig, parent: ParentChannel): Promise<void> {
  let ending = false;
  let releaseFolder = () => {};
  let store: StoreThread | undefined;
  const fail = async (problem: Problem) => {
    if (ending) return;
    ending = true;
    await parent.send({ type: 'fatal', problem });
    await endFailed();
  };
  // Unlike a fatal problem, which waits for the user, a crash is mended by the host: it starts the engine again.
  const crash = (reason: string) => {
    if (ending) return;
    ending = true;
    process.stderr.write(`${reason}\n`, endFailed);
  };
  const endFailed = async () => leave(1, (await store?.drain(FAILED_STORE_GRACE_MS)) ?? true);
  // DuckDB aborts the process when its thread is torn down while it works, which systems show as a crash of the program:
  // where the store is late, the process is ended without being torn down.
  const leave = (code: number, isStoreGone: boolean) => {
    releaseFolder();
    if (isStoreGone) process.exit(code);
    else process.kill(process.pid, 'SIGKILL');
  };
  process.on('uncaughtException', (error) => crash(error.stack ?? error.message));

  const claim = await awaitDataFolder(config.dataDir, HOLDER_GOES_MS);
  if ('problem' in claim) return fail(claim.problem);
  releaseFolder = () => claim.release();

  const reportFault = createFaultReporter('receive', (message) => parent.send(message));
  const reportForwardFault = createFaultReporter('forward', (message) => parent.send(message));
  const watch = new JournalWatch(
    (id, problem) => parent.send({ type: 'problem', id, problem }),
    (id) => parent.send({ type: 'problem-solved', id }),
  );
  const onAdvanced = (position: JournalPosition) => {
    store?.post({ type: 'journal-advanced', position });
    forward.journalAdvanced();
  };
  const journal = openJournalWriter(config.dataDir, onAdvanced, {}, (isRemoved) => watch.removed(isRemoved));
  const forward = prepareForwarding(config, () => journal.end(), {
    onStats: (stats) => parent.send({ type: 'forward-stats', stats }),
    onNeeded: (from) => store?.post({ type: 'keep-journal', from }),
    onProblem: (problem) => parent.send({ type: 'problem', id: problem.kind, problem }),
    onSolved: (kind) => parent.send({ type: 'problem-solved', id: kind }),
    onFault: (error) => reportForwardFault('forward thread', error),
  });
  const counters = new IngestCounters();
  const intake = createIntake(journal, counters);
  const bodies = new BodyThread(undefined, reportFault);
  const { host, ports, allowedHosts } = config;
  let receivers: [grpc: Receiver, http: Receiver];
  try {
    receivers = await Promise.all([
      serveOtlp(intake, bodies, { host, port: ports.otlpGrpc, allowedHosts, reportFault }),
      serveOtlp(intake, bodies, { host, port: ports.otlpHttp, allowedHosts, reportFault }),
    ]);
  } catch (error) {
    return fail(error instanceof PortInUse ? portInUse(error) : cannotListen(error as Error));
  }

  const up = new Set<EngineServiceName>();
  const serviceIs = (name: EngineServiceName, state: 'starting' | 'up' | 'down', detail?: string) => {
    const wasReady = up.size === SERVICES.length;
    if (state === 'up') up.add(name);
    else up.delete(name);
    parent.send({ type: 'service', name, state, ...(detail === undefined ? {} : { detail }) });
    if (!wasReady && up.size === SERVICES.length) parent.send({ type: 'ready' });
  };
  let stored: Pick<EngineStats, 'stored' | 'leftOut' | 'diskBytes' | 'oldestAt'> = {
    stored: { spans: 0, logs: 0, points: 0, series: 0 },
    leftOut: { points: 0, reasons: [] },
    diskBytes: 0,
    oldestAt: null,
  };
  const onMessage = (message: StoreWorkerMessage) => {
    if (message.type === 'listening') {
      const otlp = { otlpGrpc: receivers[0].port, otlpHttp: receivers[1].port };
      parent.send({ type: 'listening', ports: { ...otlp, ...message.ports } });
    } else if (message.type === 'service') serviceIs(message.name, message.state, message.detail);
    else if (message.type === 'stats') stored = message.stats;
    else if (message.type === 'applied') journal.applied(message.position);
    else if (message.type === 'ask-journal-end')
      store?.post({ type: 'journal-end', requestId: message.requestId, position: journal.end() });
    else if (message.type === 'fatal') fail(message.problem);
    else if (message.type !== 'drained') parent.send(message);
  };
  const onLost = (reason: string) => crash(`The store thread ended: ${reason}`);
  store = startStoreThread({ config, keepJournalFrom: forward.neededFrom }, { onMessage, onLost });
  serviceIs('otlp-grpc', 'up');
  serviceIs('otlp-http', 'up');

  const stats = setInterval(() => {
    watch.look(journal.pressure());
    const report = {
      accepted: { ...counters.accepted },
      rejected: { ...counters.rejected },
      backlogBytes: journal.backlogBytes(),
      residentBytes: process.memoryUsage.rss(),
    };
    const rejections = counters.rejections();
    parent.send({ type: 'stats', stats: { at: Date.now(), rejections, ...report, ...stored } });
    store?.post({ type: 'report', report: { instance: `${host}:${receivers[1].port}`, ...report } });
  }, STATS_INTERVAL_MS);

  const drain = async () => {
    if (ending) return;
    ending = true;
    clearInterval(stats);
    await Promise.all(receivers.map((receiver) => receiver.close(RECEIVERS_GRACE_MS)));
    await bodies.close();
    await journal.close();
    const [isStoreGone] = await Promise.all([store.drain(STORE_GRACE_MS), forward.drain(FORWARD_GRACE_MS)]);
    leave(0, isStoreGone);
  };
  const configureForward = async (requestId: string, config: ForwardConfig) => {
    const problem = await forward.configure(config);
    parent.send({ type: 'forwarding', requestId, ...(problem && { problem }) });
  };
  parent.onCommand((command: EngineCommand) => {
    if (command.type === 'drain') drain();
    else if (command.type === 'forward') configureForward(command.requestId, command.forward);
    else store.post(command);
    if (command.type === 'retention') forward.setRetention(command.retention);
  });
  parent.onLost(drain);
  process.on('SIGTERM', drain);
  // Ctrl-C in a terminal reaches the whole process group; the host then drains the engine itself.
  process.on('SIGINT', () => {});
}

function portInUse({ host, port }: PortInUse): Problem {
  return {
    kind: 'port-in-use',
    message: `Port ${port} on ${host} is in use by another program.`,
    hint: 'End that program or choose another port.',
    details: String(port),
  };
}

function cannotListen(error: Error): Problem {
  return {
    kind: 'cannot-listen',
    message: `The OTLP receivers cannot listen: ${error.message}.`,
    hint: 'Choose other ports, or another loopback address with --host.',
  };
}
