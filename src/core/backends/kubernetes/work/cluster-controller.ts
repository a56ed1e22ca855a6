import type {
  BackendRemains,
  BackendService,
  BackendStatus,
  ServiceLogLine,
} from '../../../../shared/contract/backend';
import type { Problem } from '../../../../shared/problem';
import type { HostLog } from '../../../log/host-log';
import { inBackground } from '../../../log/in-background';
import type { BackendServices } from '../../backend';
import { cluster, isOwn } from '../cluster/cluster';
import type { ClusterConnection } from '../connection/cluster-connection';
import { describeRuntime } from '../connection/describe-runtime';
import type { ClusterPorts } from '../forward/cluster-ports';
import { NamespaceWatch } from '../services/namespace-watch';
import { restartWorkload } from '../services/restart-workload';
import { bringUp } from '../tasks/bring-up';
import { stopCluster } from '../tasks/stop-cluster';
import { teardown } from '../tasks/teardown';
import type { Session } from '../tools/session';
import { askCluster } from './ask-cluster';
import { explainFailure } from './explain-failure';
import { openLog } from './open-log';
import { notFound, notOurs, noWorkload } from './refusals';
import { noWorkloads, sightOf, stackWorkloads } from './stack-workloads';
import { type Sight, stopped, type WorkCommand, type WorkEvent, type WorkState } from './state';
import { transition } from './transition';
import { WorkSteps } from './work-steps';

export interface ClusterControllerOptions {
  connection: ClusterConnection;
  /** Of the kubeconfig. */
  context(): string;
  /** What the steps may do to the world outside. */
  openSession(parts: Pick<Session, 'context' | 'say' | 'progress' | 'ask' | 'signal'>): Session;
  ports: ClusterPorts;
  maskSecrets(text: string): string;
  /** Told when somebody looks for the cluster the first time. */
  onWake(): void;
  log: HostLog;
}

/**
 * Owns the stack in the cluster: what to do is decided by `transition`, done by the steps of `tasks`, and seen by a
 * `NamespaceWatch`. Commands resolve to a Problem where they do not fit.
 */
export class ClusterController implements BackendServices {
  state: WorkState = stopped;
  /** Of the connection that there is; null without one. */
  watch: NamespaceWatch | null = null;
  private readonly steps = new WorkSteps();
  private work: AbortController | null = null;
  /** As they were last seen. */
  private last: BackendService[] = noWorkloads();
  private started = false;
  private readonly listeners = new Set<() => void>();
  private readonly ends: (() => void)[] = [];

  constructor(private readonly options: ClusterControllerOptions) {}

  wake(): void {
    if (this.started) return;
    this.started = true;
    const { connection } = this.options;
    this.ends.push(
      connection.subscribe(() => this.follow()),
      connection.onSleep(() => this.watchAnew()),
    );
    connection.start();
    this.options.onWake();
  }

  /** Another context is meant from now on: what was known is of the old one. */
  retarget(): void {
    this.work?.abort();
    this.unwatch();
    this.state = { name: 'stopped', run: this.state.run + 1 };
    this.last = noWorkloads();
    this.steps.list = [];
    const { connection } = this.options;
    connection.stop();
    if (this.started) connection.start();
    this.changed();
  }

  /** The cluster goes on. */
  close(): void {
    for (const end of this.ends.splice(0)) end();
    this.work?.abort();
    this.unwatch();
    this.options.connection.stop();
  }

  subscribe(listener: () => void): () => void {
    this.wake();
    return this.onChange(listener);
  }

  /** The same without looking for the cluster. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  status(): BackendStatus {
    const { state } = this;
    const context = this.options.context();
    return {
      place: `${context}, namespace ${cluster.namespace}`,
      runtime: describeRuntime(this.options.connection, context),
      state: state.name,
      step: state.name === 'starting' ? (this.steps.running?.title ?? 'Looking at the cluster') : '',
      adopted: this.steps.list.length === 0 && (state.name === 'ready' || state.name === 'degraded'),
      services: this.last,
      pull: null,
      steps: this.steps.list,
      problem: 'problem' in state ? state.problem : null,
    };
  }

  /** Whether there is anything of the stack in the cluster; null while that is not known. */
  async isDeployed(): Promise<boolean | null> {
    this.wake();
    await this.options.connection.looked();
    while (this.watch && !this.watch.known) await this.nextChange();
    return this.watch ? this.sight() !== 'none' : null;
  }

  async up(): Promise<Problem | null> {
    this.wake();
    this.dispatch({ type: 'up' });
    return null;
  }

  async down(): Promise<Problem | null> {
    if (!isOwn({ context: this.options.context() })) return notOurs(this.options.context(), 'stopped');
    this.dispatch({ type: 'down' });
    return this.settledProblem();
  }

  cancel(): Problem | null {
    this.dispatch({ type: 'cancel' });
    this.see();
    return null;
  }

  async restartService(name: string): Promise<Problem | null> {
    const { api } = this.options.connection.cluster ?? {};
    const kind = this.watch?.kindOf(name);
    if (!api) return notFound(this.options.connection);
    if (!kind) return noWorkload(name);
    const outcome = await askCluster(() => restartWorkload(api, cluster.namespace, kind, name, new Date()));
    return typeof outcome === 'number' ? null : outcome;
  }

  async logs(
    name: string,
    wanted: { tail: number; follow: boolean; signal: AbortSignal },
  ): Promise<{ lines: AsyncIterable<ServiceLogLine> } | { problem: Problem }> {
    const { api } = this.options.connection.cluster ?? {};
    if (!api) return { problem: notFound(this.options.connection) };
    const [pod] = this.watch?.podsOf(name) ?? [];
    const container = pod?.containers.find((each) => each === name) ?? pod?.containers[0];
    if (!pod || !container) return { problem: noWorkload(name) };
    const { maskSecrets } = this.options;
    return openLog(api, { namespace: cluster.namespace, pod: pod.name, container, ...wanted }, maskSecrets);
  }

  async remains(): Promise<{ remains: BackendRemains } | { problem: Problem }> {
    if (!isOwn({ context: this.options.context() })) return { problem: notOurs(this.options.context(), 'deleted') };
    const holds = 'all telemetry, dashboards and secrets in the cluster';
    return {
      remains: { containers: [cluster.node], volumes: [{ name: `kind cluster ${cluster.name}`, holds, bytes: null }] },
    };
  }

  async clean(): Promise<{ remains: BackendRemains } | { problem: Problem }> {
    const outcome = await this.remains();
    if ('problem' in outcome) return outcome;
    this.dispatch({ type: 'clean' });
    const problem = await this.settledProblem();
    return problem ? { problem } : outcome;
  }

  /** Resolves when no work is under way. */
  async settled(): Promise<WorkState> {
    while (this.state.name === 'starting' || this.state.name === 'stopping') await this.nextChange();
    return this.state;
  }

  private async settledProblem(): Promise<Problem | null> {
    const state = await this.settled();
    return state.name === 'failed' ? state.problem : null;
  }

  private nextChange(): Promise<void> {
    return new Promise((resolve) => {
      const end = this.subscribe(() => {
        end();
        resolve();
      });
    });
  }

  private follow(): void {
    const { cluster: found, missed } = this.options.connection;
    if (found && !this.watch) {
      this.watchAnew();
      this.inBackground(
        'ports',
        this.options.ports.open().then(() => this.watch?.refresh()),
      );
      this.dispatch({ type: 'cluster-back' });
      return;
    }
    if (!found && this.watch) {
      this.unwatch();
      this.last = this.last.map((each) => (each.state === 'ready' ? { ...each, state: 'unready' } : each));
    }
    if (missed) this.dispatch({ type: 'cluster-lost', problem: missed.problem });
    else this.changed();
  }

  private watchAnew(): void {
    this.unwatch();
    const { connection, ports, maskSecrets, log } = this.options;
    if (!connection.cluster) return;
    const watch: NamespaceWatch = new NamespaceWatch({
      api: connection.cluster.api,
      namespace: cluster.namespace,
      expected: stackWorkloads,
      addressOf: (service, port) => ports.addressOf(service, port),
      maskSecrets,
      log,
      onChange: () => this.watch === watch && this.see(),
    });
    this.watch = watch;
    watch.start();
  }

  private unwatch(): void {
    this.watch?.close();
    this.watch = null;
  }

  private see(): void {
    if (!this.watch?.known) {
      this.changed();
      return;
    }
    this.last = [...this.watch.status()];
    this.dispatch({ type: 'seen', sight: this.sight() });
  }

  private sight(): Sight {
    return sightOf(this.watch?.status() ?? []);
  }

  private dispatch(event: WorkEvent): void {
    const before = this.state;
    const { state, commands } = transition(before, event);
    this.state = state;
    if (state.name !== before.name) {
      const problem = 'problem' in state && state.problem;
      this.options.log.info({ state: state.name, run: state.run, ...(problem && { problem }) }, 'kubernetes');
    }
    for (const command of commands) this.run(command);
    this.changed();
  }

  private run(command: WorkCommand): void {
    switch (command.do) {
      case 'abort':
        this.work?.abort();
        this.work = null;
        this.steps.cancel();
        break;
      case 'start':
        this.inBackground('start', this.begin(command.run));
        break;
      case 'stop':
        this.inBackground('stop', this.end(command.run, command.clean));
        break;
    }
  }

  private async begin(run: number): Promise<void> {
    const work = new AbortController();
    this.work = work;
    const context = this.options.context();
    this.steps.begin(context);
    const session = this.openSession(context, work.signal, false);
    const failure = await bringUp(session);
    if (work.signal.aborted) return;
    // The cluster may be one that was made just now.
    this.options.connection.lookAgain();
    if (failure) {
      const problem = explainFailure(this.steps.failed?.name ?? '', failure, this.options.maskSecrets);
      this.dispatch({ type: 'failed', run, problem });
    } else {
      this.dispatch({ type: 'started', run, sight: this.watch?.known ? this.sight() : 'all-ready' });
    }
  }

  private async end(run: number, clean: boolean): Promise<void> {
    const work = new AbortController();
    this.work = work;
    this.steps.list = [];
    const session = this.openSession(this.options.context(), work.signal, clean);
    const failure = clean ? await teardown(session) : await stopCluster(session);
    if (work.signal.aborted) return;
    if (failure) {
      this.dispatch({ type: 'failed', run, problem: explainFailure('cluster', failure, this.options.maskSecrets) });
      return;
    }
    this.last = noWorkloads();
    this.unwatch();
    this.dispatch({ type: 'stopped', run });
  }

  /** `agrees`: the person was asked before. */
  private openSession(context: string, signal: AbortSignal, agrees: boolean): Session {
    return this.options.openSession({
      context,
      signal,
      ask: async () => agrees,
      say: (text) => {
        if (signal.aborted) return;
        this.steps.say(this.options.maskSecrets(text));
        this.changed();
      },
      progress: (change) => {
        if (signal.aborted) return;
        this.steps.change(change);
        this.changed();
      },
    });
  }

  private inBackground(name: string, work: Promise<unknown>): void {
    inBackground(`kubernetes: ${name}`, work, this.options.log);
  }

  private changed(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
