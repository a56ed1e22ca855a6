import { homedir } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Problem } from '../../../shared/problem';
import type { HostLog } from '../../log/host-log';
import { AlloyMeter } from '../alloy-meter';
import type { KubeEnvironment } from './api/read-kubeconfig';
import { cluster, isOwn } from './cluster/cluster';
import { ClusterConnection } from './connection/cluster-connection';
import { ClusterPorts, type ClusterPortsOptions } from './forward/cluster-ports';
import { KubernetesBackend } from './kubernetes-backend';
import { ClusterPipeline } from './pipeline/cluster-pipeline';
import { readPodLog } from './services/read-pod-log';
import { thisMachine } from './tools/machine';
import { type RunTool, runTool } from './tools/run-tool';
import type { Session } from './tools/session';
import { byWatchtower } from './tools/ways';
import { unpackStack } from './unpack-stack';
import { ClusterController } from './work/cluster-controller';

export interface KubernetesOptions {
  home: string;
  /** Folder of the shipped stack, `resources/stack`. */
  stackFolder: string;
  /** Of the kubeconfig, as the settings have it; undefined for the kind cluster of our own. */
  context(): string | undefined;
  saveContext(context: string | undefined): Promise<Problem | null>;
  maskSecrets(text: string): string;
  log: HostLog;
  /** A test gives its own. */
  environment?: KubeEnvironment;
  hostPorts?: ClusterPortsOptions['hostPorts'];
  run?: RunTool;
}

/** The stack in a cluster. Nothing is asked, and no client loaded, before somebody wakes its services. */
export function openKubernetes(options: KubernetesOptions): KubernetesBackend {
  const { home, stackFolder, maskSecrets, log } = options;
  const real = realCluster();
  const { environment = real.environment, hostPorts = real.hostPorts, run = real.run } = options;
  const context = () => options.context() ?? cluster.context;
  const isOurs = () => isOwn({ context: context() });
  const connection = new ClusterConnection({
    target: () => ({ context: context(), owned: isOurs() }),
    log,
    environment,
  });
  const found = () => {
    const { watch } = controller;
    return connection.cluster && watch ? { api: connection.cluster.api, watch } : null;
  };
  const ports: ClusterPorts = new ClusterPorts({
    cluster: found,
    isPublished: isOurs,
    log,
    hostPorts,
  });
  const controller: ClusterController = new ClusterController({
    connection,
    context,
    openSession: (parts) => openSession(parts, unpackStack(stackFolder, home), run),
    ports,
    onWake: () => meter.start(),
    maskSecrets,
    log,
  });
  const meter: AlloyMeter = new AlloyMeter({
    connect: () => connectAlloy(found(), ports),
    destinations: () => pipeline.destinations,
    maskSecrets,
    log,
  });
  const pipeline: ClusterPipeline = new ClusterPipeline({ cluster: found, meter, log });
  return new KubernetesBackend({
    controller,
    pipeline,
    meter,
    ports,
    isOwn: isOurs,
    context: options.context,
    saveContext: options.saveContext,
    async close() {
      meter.close();
      controller.close();
      await ports.close();
    },
    log,
  });
}

function connectAlloy(
  found: ReturnType<ConstructorParameters<typeof ClusterPorts>[0]['cluster']>,
  ports: ClusterPorts,
) {
  const [pod] = found?.watch.podsOf('alloy') ?? [];
  if (!found || !pod || !found.watch.target('alloy', 12345)) return null;
  const { api } = found;
  return {
    httpUrl: `http://127.0.0.1:${ports.port('alloy')}`,
    logs: ({ tail, signal }: { tail: number; signal: AbortSignal }) =>
      readPodLog(api, {
        namespace: cluster.namespace,
        pod: pod.name,
        container: 'alloy',
        tail,
        follow: false,
        signal,
      }),
  };
}

/**
 * The user's clusters, tools and ports. A test run meets none of them: the one cluster that it may meet is that of the file which
 * WATCHTOWER_TEST_KUBECONFIG names.
 */
function realCluster(): Required<Pick<KubernetesOptions, 'environment' | 'hostPorts' | 'run'>> {
  const { WATCHTOWER_TEST: isTest, WATCHTOWER_TEST_KUBECONFIG: given, KUBECONFIG: read } = process.env;
  if (isTest !== '1') return { environment: { env: process.env, home: homedir() }, hostPorts: {}, run: runTool };
  return {
    environment: { env: given ? { KUBECONFIG: given } : {}, home: '/home/of/a/test' },
    hostPorts: { grafana: 0, otlpGrpc: 0, otlpHttp: 0, tempo: 0, loki: 0, mimir: 0 },
    // The tools read the variable of their own.
    run: given && given === read ? runTool : async () => ({ code: 127, stdout: '', stderr: '' }),
  };
}

type Given = Pick<Session, 'context' | 'say' | 'progress' | 'ask' | 'signal'>;

/** The steps of a task as the host runs them: every tool ends with the task, and what it prints is said. */
function openSession(parts: Given, stackFolder: string, runWith: RunTool): Session {
  const { signal, say } = parts;
  return {
    ...parts,
    stackFolder,
    run: (tool, args, { show = false, ...rest } = {}) =>
      runWith(tool, args, { signal, ...rest, ...(show && { onLine: say }) }),
    wait: (milliseconds) => wait(milliseconds, undefined, { signal }).catch(() => undefined),
    env: process.env,
    platform: process.platform,
    machine: thisMachine,
    ways: byWatchtower,
  };
}
