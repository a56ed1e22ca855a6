import type { ClusterApi } from '../api/cluster-api';

export interface PodLogOptions {
  namespace: string;
  pod: string;
  container: string;
  tail: number;
  /** Goes on until the container ends. */
  follow: boolean;
  /** Of the container before this one, which ended. */
  previous?: boolean;
  signal: AbortSignal;
}

export interface PodLogLine {
  /** Unix milliseconds, as the node stamped it. */
  at: number;
  text: string;
}

/** What a container wrote, oldest first. */
export async function* readPodLog(
  api: ClusterApi,
  { namespace, pod, container, tail, follow, previous = false, signal }: PodLogOptions,
): AsyncGenerator<PodLogLine> {
  const query = new URLSearchParams({
    container,
    tailLines: String(tail),
    follow: String(follow),
    previous: String(previous),
    timestamps: 'true',
  });
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log?${query}`;
  for await (const line of api.lines(path, signal)) {
    const [, stamp = '', text = ''] = /^(\S+) ?(.*)$/.exec(line) ?? [];
    const at = Date.parse(stamp);
    yield Number.isNaN(at) ? { at: 0, text: line } : { at, text };
  }
}
