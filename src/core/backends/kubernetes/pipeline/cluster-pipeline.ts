import { z } from 'zod';
import type { Problem } from '../../../../shared/problem';
import type { Forwarding } from '../../../destinations/forwarding';
import type { HostLog } from '../../../log/host-log';
import { inBackground } from '../../../log/in-background';
import type { AlloyMeter } from '../../alloy-meter';
import { changedDestinations } from '../../changed-destinations';
import { type ClusterApi, ClusterFailure } from '../api/cluster-api';
import { cluster } from '../cluster/cluster';
import type { KubernetesObject } from '../objects/apply-objects';
import { hostAnnotation } from '../objects/own-objects';
import type { NamespaceWatch } from '../services/namespace-watch';
import { restartWorkload } from '../services/restart-workload';
import { destinationsSecret, forwardingConfigMap, forwardingSecret } from './forwarding-objects';
import { refuseUnreachable } from './refuse-unreachable';

const core = `/api/v1/namespaces/${cluster.namespace}`;
const configMapPath = `${core}/configmaps/alloy-config`;
const secretPath = `${core}/secrets/${destinationsSecret}`;
const pauseMs = 200;

const ConfigMap = z.object({
  metadata: z.object({
    labels: z.record(z.string(), z.string()).nullish(),
    annotations: z.record(z.string(), z.string()).nullish(),
  }),
  data: z.record(z.string(), z.string()).nullish(),
});
type ConfigMap = z.infer<typeof ConfigMap>;

export interface ClusterPipelineOptions {
  /** The cluster that there is; null without one. */
  cluster(): { api: ClusterApi; watch: NamespaceWatch } | null;
  meter: AlloyMeter;
  /** How long a restarted Alloy may take, in milliseconds. */
  readyMs?: number;
  log: HostLog;
}

/**
 * What the cluster's Alloy sends on for this host: swaps its ConfigMap and the secret of the destinations, and restarts it. The
 * pod that ran before serves until the new one is ready; where that one does not start, the old configuration is put back.
 */
export class ClusterPipeline {
  private forwarding: Forwarding = { destinations: [], redaction: [] };
  /** One change after the other. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: ClusterPipelineOptions) {}

  /** Ids of the destinations that Alloy is to send to. */
  get destinations(): readonly string[] {
    return this.forwarding.destinations.map(({ id }) => id);
  }

  /** Without an Alloy in the cluster it is kept for the next time that there is one. */
  forward(forwarding: Forwarding): Promise<Problem | null> {
    const turn = this.queue.then(async () => {
      const refused = refuseUnreachable(forwarding.destinations);
      if (refused) return refused;
      const before = this.forwarding;
      this.forwarding = forwarding;
      const problem = await this.apply();
      if (problem) this.forwarding = before;
      else this.options.meter.begin(changedDestinations(before, forwarding));
      return problem;
    });
    this.queue = turn.catch(() => {});
    return turn;
  }

  /** To be called when Alloy became ready: it may run with what a deployment wrote, or an earlier host. */
  reconcile(): void {
    const turn = this.queue.then(async () => {
      const problem = await this.apply();
      if (problem) this.options.log.warn({ problem }, 'alloy in the cluster runs with another configuration');
    });
    this.queue = turn.catch(() => {});
    inBackground('kubernetes: alloy', turn, this.options.log);
  }

  private async apply(): Promise<Problem | null> {
    const found = this.options.cluster();
    if (!found?.watch.kindOf('alloy')) return null;
    try {
      return await this.swap(found.api, found.watch);
    } catch (error) {
      if (!(error instanceof ClusterFailure)) throw error;
      return {
        kind: 'switch-failed',
        message: `The cluster did not take Alloy's configuration: ${error.message}.`,
        hint: 'What it ran with is in force; try again.',
      };
    }
  }

  private async swap(api: ClusterApi, watch: NamespaceWatch): Promise<Problem | null> {
    const kept = await readOptional(api, configMapPath);
    const wanted = forwardingConfigMap(this.forwarding);
    const isOurs = kept?.metadata.annotations?.[hostAnnotation] === 'true';
    // What `make` or a person put in place goes on, as long as this host has nothing to send.
    if (this.forwarding.destinations.length === 0 && !isOurs) return null;
    const secretChanged = await this.placeSecret(api);
    if (!secretChanged && kept?.data?.['config.alloy'] === wanted.data?.['config.alloy']) return null;
    await api.apply(configMapPath, wanted);
    const problem = await this.restart(api, watch);
    if (!problem || !kept) return problem;
    await api.apply(configMapPath, restored(wanted, kept));
    await restartWorkload(api, cluster.namespace, 'deployment', 'alloy', new Date());
    return problem;
  }

  /** Whether it is another one than before. */
  private async placeSecret(api: ClusterApi): Promise<boolean> {
    const wanted = forwardingSecret(this.forwarding);
    const kept = await readOptional(api, secretPath);
    if (this.forwarding.destinations.length === 0) {
      if (kept) await api.remove(secretPath);
      return false;
    }
    if (kept && same(kept.data ?? {}, wanted.data ?? {})) return false;
    await api.apply(secretPath, wanted);
    return true;
  }

  private async restart(api: ClusterApi, watch: NamespaceWatch): Promise<Problem | null> {
    const generation = await restartWorkload(api, cluster.namespace, 'deployment', 'alloy', new Date());
    const { readyMs = 120_000 } = this.options;
    for (let waited = 0; waited < readyMs; waited += pauseMs) {
      const rollout = watch.rollout('alloy', generation);
      if (rollout === 'done') return null;
      if (rollout !== 'waiting' && rollout.kind !== 'pod-pending') return { ...rollout, kind: 'alloy-unhealthy' };
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    return {
      kind: 'alloy-unhealthy',
      message: `Alloy did not become ready within ${readyMs / 1000} s with its new configuration.`,
      hint: 'The old one was put back. Its log says why: watchtower logs alloy.',
    };
  }
}

async function readOptional(api: ClusterApi, path: string): Promise<ConfigMap | null> {
  try {
    return ConfigMap.parse(await api.read(path));
  } catch (error) {
    if (error instanceof ClusterFailure && error.reason === 'missing') return null;
    throw error;
  }
}

function restored(wanted: KubernetesObject, { metadata, data }: ConfigMap): KubernetesObject {
  const { labels, annotations } = metadata;
  return {
    ...wanted,
    metadata: { ...wanted.metadata, labels: labels ?? {}, annotations: annotations ?? {} },
    data: data ?? {},
  };
}

function same(one: Record<string, string>, other: Record<string, string>): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}
