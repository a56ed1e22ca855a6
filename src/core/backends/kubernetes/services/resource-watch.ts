import { z } from 'zod';
import type { HostLog } from '../../../log/host-log';
import { type ClusterApi, ClusterFailure } from '../api/cluster-api';
import { parseJson } from '../tools/parse-json';

const List = z.object({ metadata: z.object({ resourceVersion: z.string() }), items: z.array(z.unknown()) });
const Change = z.object({ type: z.string(), object: z.unknown() });

/** The server ends a watch after this; it is then listed anew, and nothing missed stays missed. */
const watchSeconds = 240;

export interface ResourceWatchOptions<Kept> {
  api: ClusterApi;
  /** Of the list: `/api/v1/namespaces/watchtower/pods`. */
  path: string;
  schema: z.ZodType<Kept>;
  onChange(): void;
  /** Between two attempts. */
  pause(signal: AbortSignal): Promise<void>;
  log: HostLog;
}

interface Named {
  metadata: { name: string; uid: string };
}

/** Keeps the objects of one kind in one namespace as the API server has them. */
export class ResourceWatch<Kept extends Named> {
  /** By uid, in the order in which they were first seen. */
  readonly items = new Map<string, Kept>();
  /** They were listed at least once. */
  known = false;
  /** Why they cannot be read; null while they can. */
  failure: ClusterFailure | null = null;

  constructor(private readonly options: ResourceWatchOptions<Kept>) {}

  /** Until `signal` ends it. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.follow(await this.list(signal), signal);
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof ClusterFailure)) throw error;
        this.failure = error;
        this.options.onChange();
        this.options.log.info({ path: this.options.path, reason: error.reason }, 'cluster: watch ended');
      }
      if (!signal.aborted) await this.options.pause(signal);
    }
  }

  private async list(signal: AbortSignal): Promise<string> {
    const { api, path, onChange } = this.options;
    const answer = List.safeParse(await api.read(path, { signal, timeoutMs: 20_000 }));
    if (!answer.success) throw new ClusterFailure('refused', `${path}: no list of Kubernetes`);
    const kept = answer.data.items.flatMap((item) => this.parse(item) ?? []);
    const ids = new Set(kept.map(({ metadata }) => metadata.uid));
    for (const uid of this.items.keys()) if (!ids.has(uid)) this.items.delete(uid);
    for (const item of kept) this.items.set(item.metadata.uid, item);
    this.known = true;
    this.failure = null;
    onChange();
    return answer.data.metadata.resourceVersion;
  }

  private async follow(version: string, signal: AbortSignal): Promise<void> {
    const query = `watch=true&resourceVersion=${version}&timeoutSeconds=${watchSeconds}`;
    for await (const line of this.options.api.lines(`${this.options.path}?${query}`, signal)) {
      const change = Change.safeParse(parseJson(line)).data;
      // "too old resource version" and its like: list again.
      if (!change || change.type === 'ERROR') return;
      const item = this.parse(change.object);
      if (!item) continue;
      if (change.type === 'DELETED') this.items.delete(item.metadata.uid);
      else this.items.set(item.metadata.uid, item);
      this.options.onChange();
    }
  }

  /** What does not look like the kind that was asked for is left out, and said in the log. */
  private parse(item: unknown): Kept | null {
    const parsed = this.options.schema.safeParse(item);
    if (parsed.success) return parsed.data;
    this.options.log.warn({ path: this.options.path, problem: z.prettifyError(parsed.error) }, 'cluster: odd object');
    return null;
  }
}
